import { expect, it } from 'vitest';
import type { Learner, Stage } from '../harness/stage.ts';
import { expectExact } from './finish.ts';

const HOUR_MS = 3_600_000;
/** A player dates into the past what it is not sure of. */
const BIAS_MS = 10_000;

declare const shift: { wall: number; stopped: number | undefined };

/** Runs in a page before everything else: from then on a test sets its clocks by `shift`. */
function settableClocks(): void {
  const wall = Date.now.bind(Date);
  const running = performance.now.bind(performance);
  Object.assign(globalThis, { shift: { wall: 0, stopped: undefined }, realClock: running });
  Date.now = () => wall() + shift.wall;
  performance.now = () => shift.stopped ?? running();
}

/** The service must learn when a learner watched, whatever the device believes. */
function expectRightDates(learner: Learner): void {
  for (const { at } of learner.line.beats) {
    expect(Date.parse(at)).toBeGreaterThan(learner.since - BIAS_MS);
    expect(Date.parse(at)).toBeLessThan(Date.now());
  }
}

/** Clocks that are wrong. */
export function clocks(stage: () => Stage): void {
  // w3c/hr-time#115
  it('loses nothing on a device whose running clock stands still', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({}, settableClocks);
    await tab.playUntil(1.5);
    await tab.evaluate(() => void (shift.stopped = performance.now()));
    await tab.until(5.5);
    await tab.evaluate(() => void (shift.stopped = undefined));
    await tab.until(7.5);
    await expectExact(learner, tab);
    expectRightDates(learner);
  });

  // metastream#8
  it.each([
    ['ahead', HOUR_MS],
    ['behind', -HOUR_MS],
  ])('loses nothing on a device whose clock is an hour %s', async (_where, by) => {
    const learner = await stage().learner();
    const tab = await learner.watch({}, settableClocks);
    await tab.evaluate((value) => void (shift.wall = value), by);
    await tab.playUntil(3.5);
    await expectExact(learner, tab);
    expectRightDates(learner);
  });

  it.each([
    ['forward', HOUR_MS],
    ['back', -HOUR_MS],
  ])('loses nothing when the clock is set %s by an hour while they watch', async (_where, by) => {
    const learner = await stage().learner();
    const tab = await learner.watch({}, settableClocks);
    await tab.resume();
    await tab.playUntil(2.5);
    await tab.evaluate((value) => void (shift.wall = value), by);
    await tab.until(5.5);
    await expectExact(learner, tab);
    expectRightDates(learner);
  });

  // aws/aws-sdk-cpp#577
  it.each([
    ['no date', null],
    ['a date of 1970', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['a date that is none', 'yesterday'],
  ])('loses nothing behind a proxy whose answers have %s', async (_what, date) => {
    const learner = await stage().learner();
    learner.line.date = date;
    const tab = await learner.watch({}, settableClocks);
    await tab.playUntil(3.5);
    await expectExact(learner, tab);
    expectRightDates(learner);
  });
}
