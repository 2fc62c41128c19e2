import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Learner, Stage, WatchedPage } from '../harness/stage.ts';

/** So slow that requests of two tabs would overlap. */
const ANSWERED_AFTER_MS = 100;

/** These tests take all that the machine has: beside others, each would wait for the rest. */
const ALONE = { concurrent: false };

const openTabs = (learner: Learner, count: number): Promise<WatchedPage[]> =>
  Promise.all(Array.from({ length: count }, () => learner.watch()));

/** Each tab plays its own part of the film. */
const playAll = (tabs: WatchedPage[]): Promise<unknown> =>
  Promise.all(
    tabs.map(async (tab, index) => {
      await tab.seek(index * 20);
      await tab.playUntil(index * 20 + 1.5);
      await tab.pause();
    }),
  );

const deliverAll = (tabs: WatchedPage[]): Promise<unknown> =>
  Promise.all(tabs.map((tab) => tab.delivered()));

async function slowDown({ page }: WatchedPage): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 20 });
}

/** Many pages of one learner. */
export function tabs(stage: () => Stage): void {
  // localstorage-retry#27
  it('does not flood the service from eight tabs on a slow machine', ALONE, async () => {
    const learner = await stage().learner();
    learner.line.fault = () => 'cut';
    const pages = await openTabs(learner, 8);
    await playAll(pages);
    await Promise.all(pages.map(slowDown));
    learner.line.fault = () => delay(ANSWERED_AFTER_MS);
    const before = learner.line.exchanges.length;
    await deliverAll(pages);
    expect(learner.line.busiest).toBe(1);
    // One session a request, and each may be tried by its own tab and by another.
    expect(learner.line.exchanges.length - before).toBeLessThanOrEqual(2 * 8);
  });

  // tab-election#3
  it(
    'has one sender among twelve tabs, and another one when the others are closed',
    ALONE,
    async () => {
      const learner = await stage().learner();
      learner.line.fault = () => delay(ANSWERED_AFTER_MS);
      const pages = await openTabs(learner, 12);
      await playAll(pages);
      await deliverAll(pages);
      // Until pages are closed: those send at once, whoever has the turn.
      expect(learner.line.busiest).toBe(1);
      const sent = learner.line.beats.length;
      const [last, ...others] = pages.reverse();
      for (const { page } of others) await page.close();
      await last!.seek(280);
      await last!.playUntil(281.5);
      await last!.pause();
      await last!.delivered();
      expect(learner.line.beats.length).toBeGreaterThan(sent);
    },
  );
}
