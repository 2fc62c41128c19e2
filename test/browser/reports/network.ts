import { expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import type { Stage } from '../harness/stage.ts';
import { expectExact, NO_DIFFERENCES } from './finish.ts';

declare const lesson: { token: string };

const LATER_SECONDS = 600;

/** Requests that fail. */
export function network(stage: () => Stage): void {
  it('is counted once when an answer is lost', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch();
    learner.line.fault = ({ beats }) => (beats.some(({ seq }) => seq === 0) ? 'lose' : undefined);
    await tab.playUntil(2.5);
    await tab.pause();
    await waitFor(() => learner.line.exchanges.length > 0, { message: 'an answer is lost' });
    learner.line.fault = () => undefined;
    await expectExact(learner, tab);
    expect(learner.line.results.some(({ result }) => result === 'DUPLICATE')).toBe(true);
  });

  it('goes on when their token expires while they watch', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch();
    await tab.playUntil(1.5);
    await tab.evaluate((good) => {
      Object.defineProperty(lesson, 'refreshes', {
        set: () => (lesson.token = good),
        get: () => 0,
      });
      lesson.token = 'an.expired.token';
    }, learner.token);
    await tab.until(3.5);
    await expectExact(learner, tab);
  });

  // segmentio/analytics-next#714
  it('loses nothing when the page is closed while a request is under way', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch();
    let answer = () => {};
    learner.line.fault = () => new Promise<void>((resolve) => (answer = resolve));
    await tab.playUntil(2.5);
    await tab.pause();
    await waitFor(() => learner.line.exchanges.length > 0, { message: 'a request is under way' });
    const seen = await tab.seen();
    await tab.page.close();
    answer();
    learner.line.fault = () => undefined;
    const next = await learner.watch();
    await next.delivered();
    expect(await learner.differences(seen)).toEqual(NO_DIFFERENCES);
  });

  // open-telemetry/opentelemetry-js#6391
  it('loses nothing when another script uses up what a closing page may send', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({ flushSeconds: LATER_SECONDS }, () => {
      const send = () =>
        fetch('/elsewhere', {
          method: 'POST',
          keepalive: true,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify('x'.repeat(65_400)),
        });
      window.addEventListener('pagehide', () => void send(), true);
    });
    await tab.playUntil(3.2);
    const seen = await tab.seen();
    await tab.page.close({ runBeforeUnload: true });
    const next = await learner.watch();
    await next.delivered();
    const { lost } = await learner.differences(seen);
    expect(lost).toEqual([]);
  });
}
