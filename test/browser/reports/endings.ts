import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { expect, it, type TestContext } from 'vitest';
import { launchProfile, pidOf } from '../harness/browser.ts';
import type { Learner, Stage } from '../harness/stage.ts';
import { expectExact } from './finish.ts';

/** A browser of the learner's own, with a folder that outlives it, until the test is over. */
function ownBrowser(
  learner: Learner,
  { onTestFinished }: TestContext,
): { reopen(): Promise<BrowserContext> } {
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

/** Pages and browsers that end, or stand still. A film plays on until they do, so more may be stored than was asked. */
export function endings(stage: () => Stage): void {
  // WatchLogs#32
  it('is credited what they saw, no more, when the machine sleeps while a film plays', async (test) => {
    const learner = await stage().learner();
    const context = await ownBrowser(learner, test).reopen();
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
  it('loses nothing that they saw offline, when the browser is closed and opened again', async (test) => {
    const learner = await stage().learner();
    const browser = ownBrowser(learner, test);
    const context = await browser.reopen();
    const tab = await learner.watch();
    await tab.playUntil(1);
    await context.setOffline(true);
    await tab.until(3.5);
    const seen = await tab.seen();
    await context.close();
    await browser.reopen();
    await (await learner.watch()).delivered();
    const { lost } = await learner.differences(seen);
    expect(lost).toEqual([]);
  });

  it('loses a second at most when the browser is killed', async (test) => {
    const learner = await stage().learner();
    const browser = ownBrowser(learner, test);
    await browser.reopen();
    const tab = await learner.watch({ flushSeconds: 600 });
    await tab.playUntil(4);
    const seen = await tab.seen();
    process.kill(-(await pidOf(tab.page.context())), 'SIGKILL');
    await browser.reopen();
    await (await learner.watch()).delivered();
    const { lost } = await learner.differences(seen);
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
    const { lost } = await learner.differences(seen);
    expect(lost.length).toBeLessThanOrEqual(1);
  });
}
