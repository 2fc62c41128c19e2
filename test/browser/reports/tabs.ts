import { expect, it } from 'vitest';
import { setTimeout as delay } from 'node:timers/promises';
import type { Learner, Stage, WatchedPage } from '../harness/stage.ts';

/** So slow that requests of two tabs would overlap. */
const ANSWERED_AFTER_MS = 100;

async function watchInTabs(learner: Learner, count: number): Promise<WatchedPage[]> {
  learner.line.fault = () => delay(ANSWERED_AFTER_MS);
  return Promise.all(Array.from({ length: count }, () => learner.watch()));
}

/** Each tab plays its own part of the film, for two seconds. */
async function playAll(tabs: WatchedPage[]): Promise<void> {
  await Promise.all(
    tabs.map(async (tab, index) => {
      const from = index * 20;
      await tab.seek(from);
      await tab.playUntil(from + 2);
      await tab.pause();
    }),
  );
  await Promise.all(tabs.map((tab) => tab.delivered()));
}

/** Many pages of one learner. */
export function tabs(stage: () => Stage): void {
  // aws-amplify localstorage-retry#27
  it('does not flood the service from eight tabs on a slow machine', async () => {
    const learner = await stage().learner();
    const pages = await watchInTabs(learner, 8);
    for (const { page } of pages) {
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 20 });
    }
    await playAll(pages);
    expect(learner.line.busiest).toBe(1);
    expect(learner.line.exchanges.length).toBeLessThanOrEqual(8 * 4);
  });

  // tab-election#3
  it('has one sender among twelve tabs, and another one when that is closed', async () => {
    const learner = await stage().learner();
    const pages = await watchInTabs(learner, 12);
    await playAll(pages);
    expect(learner.line.busiest).toBe(1);
    const sent = learner.line.beats.length;
    const [last, ...others] = pages.reverse();
    for (const { page } of others) await page.close();
    await last!.seek(280);
    await last!.playUntil(282);
    await last!.pause();
    await last!.delivered();
    expect(learner.line.beats.length).toBeGreaterThan(sent);
    expect(learner.line.busiest).toBe(1);
  });
}
