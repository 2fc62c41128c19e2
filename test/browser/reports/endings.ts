import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { launchProfile, pidOf } from '../harness/browser.ts';
import type { Learner, Stage } from '../harness/stage.ts';
import { expectExact } from './finish.ts';

/** A browser of the learner's own, with a folder that outlives it. */
async function ownBrowser(learner: Learner): Promise<{ reopen(): Promise<BrowserContext> }> {
  const folder = mkdtempSync(join(tmpdir(), 'progress-profile-'));
  let context: BrowserContext | undefined;
  onTestFinished(async () => {
    await context?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    async reopen() {
      context = await launchProfile(folder);
      learner.use(context);
      return context;
    },
  };
}

/** Pages and browsers that end, or stand still. */
export function endings(stage: () => Stage): void {
  // WatchLogs#32
  it('is credited what they saw, no more, when the machine sleeps while a film plays', async () => {
    const learner = await stage().learner();
    const context = await (await ownBrowser(learner)).reopen();
    const tab = await learner.watch();
    const pid = await pidOf(context);
    await tab.playUntil(2);
    process.kill(-pid, 'SIGSTOP');
    await delay(6_000);
    process.kill(-pid, 'SIGCONT');
    await tab.until((await tab.position()) + 2);
    await expectExact(learner, tab);
  });

  // PostHog/posthog-js#1583
  it('loses nothing that they saw offline, when the browser is closed and opened again', async () => {
    const learner = await stage().learner();
    const browser = await ownBrowser(learner);
    const context = await browser.reopen();
    const tab = await learner.watch();
    await tab.playUntil(1);
    await context.setOffline(true);
    await tab.until(3.5);
    const seen = await tab.seen();
    await context.close();
    await browser.reopen();
    await (await learner.watch()).delivered();
    const { lost, invented } = await learner.differences(seen);
    expect([lost, invented]).toEqual([[], []]);
  });

  it('loses a second at most when the browser is killed', async () => {
    const learner = await stage().learner();
    const browser = await ownBrowser(learner);
    const tab = await (await browser.reopen(), learner.watch({ flushSeconds: 600 }));
    await tab.playUntil(4);
    const seen = await tab.seen();
    process.kill(-(await pidOf(tab.page.context())), 'SIGKILL');
    await browser.reopen();
    await (await learner.watch()).delivered();
    const { lost, invented } = await learner.differences(seen);
    expect(invented).toEqual([]);
    expect(lost.length).toBeLessThanOrEqual(1);
  });

  it('loses a second at most when the page crashes, in the next page that they open', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({ flushSeconds: 600 });
    await tab.playUntil(4);
    const seen = await tab.seen();
    const session = await tab.page.context().newCDPSession(tab.page);
    void session.send('Page.crash').catch(() => {});
    await tab.page.waitForEvent('crash');
    await (await learner.watch()).delivered();
    const { lost, invented } = await learner.differences(seen);
    expect(invented).toEqual([]);
    expect(lost.length).toBeLessThanOrEqual(1);
  });
}
