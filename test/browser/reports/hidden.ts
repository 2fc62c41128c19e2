import { expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { compare, type Stretch } from '../harness/coverage.ts';
import type { Stage } from '../harness/stage.ts';
import { expectExact } from './finish.ts';

declare const witness: { stretches(): Stretch[] };
declare const seenThen: Stretch[];

/** Longer than any of these tests: what arrives before was sent because the page was hidden. */
const LATER_SECONDS = 600;

/** Pages that nobody looks at. */
export function hidden(stage: () => Stage): void {
  // vidstack/player#1332
  it('keeps what they only heard, in a tab behind another', async () => {
    const learner = await stage().learner();
    const tab = await learner.watchRaw({ muted: false });
    await tab.playUntil(1);
    await tab.raw.hide();
    await tab.until(11);
    expect(await tab.visibility()).toBe('hidden');
    await expectExact(learner, tab);
  });

  // geogenesis#2453
  it('keeps what they saw until the tab was hidden, at once, and what they see after', async () => {
    const learner = await stage().learner();
    const tab = await learner.watchRaw({ flushSeconds: LATER_SECONDS });
    await tab.playUntil(2.4);
    const other = await tab.raw.hide();
    await waitFor(async () => (await learner.record())?.watched[0], { message: 'it arrives' });
    const { lost } = compare((await learner.record())!.watched, await tab.seen());
    expect(lost).toEqual([]);
    await other.close();
    await tab.raw.show();
    await tab.playUntil((await tab.position()) + 2);
    await expectExact(learner, tab);
  });

  // page-lifecycle#2
  it('keeps what they heard until a page was hidden, if it is ended without another word', async () => {
    const learner = await stage().learner();
    // It has sound, so the browser does not pause it, which would be another word.
    const tab = await learner.watchRaw({ flushSeconds: LATER_SECONDS, muted: false }, () =>
      document.addEventListener('visibilitychange', () => {
        Object.assign(globalThis, { seenThen: structuredClone(witness.stretches()) });
      }),
    );
    await tab.playUntil(3.2);
    await tab.raw.hide();
    await waitFor(async () => (await tab.visibility()) === 'hidden', { message: 'it is hidden' });
    const [then, later] = [await tab.evaluate(() => seenThen), await tab.seen()];
    tab.raw.crash();
    await waitFor(async () => (await learner.record())?.watched[0], { message: 'it arrives' });
    const { watched } = (await learner.record())!;
    expect(compare(watched, then).lost).toEqual([]);
    expect(compare(watched, later).invented).toEqual([]);
  });

  // posthog-js#4927
  it('loses nothing when the last request of a page is refused, and they come back', async () => {
    const learner = await stage().learner();
    const tab = await learner.watchRaw({ flushSeconds: LATER_SECONDS });
    await tab.playUntil(3.2);
    learner.line.fault = () => 503;
    await tab.raw.navigate(learner.elsewhere);
    await waitFor(() => learner.line.exchanges.some(({ status }) => status === 503), {
      message: 'it is refused',
    });
    learner.line.fault = () => undefined;
    await tab.raw.back();
    await waitFor(async () => (await tab.seen()).length > 0, { message: 'the page is back' });
    await tab.playUntil((await tab.position()) + 1.5);
    await expectExact(learner, tab);
  });

  // dxos#11757
  it('is not held up by another tab that was frozen in the middle of sending', async () => {
    const learner = await stage().learner();
    const first = await learner.watchRaw();
    let answer = () => {};
    learner.line.fault = () => new Promise<void>((resolve) => (answer = resolve));
    await first.playUntil(1.5);
    await first.pause();
    await waitFor(() => learner.line.exchanges.length > 0, { message: 'it is being sent' });
    learner.line.fault = () => undefined;

    const second = await learner.watchRaw({}, () => {
      const real = performance.now.bind(performance);
      Object.assign(globalThis, { realClock: real, ahead: 0 });
      performance.now = () => real() + (globalThis as any).ahead;
    });
    await first.raw.setFrozen(true);
    await second.seek(10);
    await second.playUntil(12.5);
    await second.pause();
    // A minute of silence, which need not be waited for.
    await second.evaluate(() => void ((globalThis as any).ahead = 61_000));
    await second.delivered();
    expect(await learner.differences(await second.seen())).toMatchObject({ lost: [] });
    answer();
  });
}
