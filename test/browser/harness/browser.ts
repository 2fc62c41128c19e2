import { chromium, type Browser, type BrowserContext, type LaunchOptions } from 'playwright-core';
import { inject } from 'vitest';
import { freePort } from '../../../sandbox/servers/free-port.ts';

/** What Playwright switches off, and learners have. */
const LEARNERS_HAVE = [
  '--disable-back-forward-cache',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  // A tab that is muted from outside counts as silent, and is throttled when hidden.
  '--mute-audio',
];

export interface LearnersBrowser {
  readonly browser: Browser;
  /** Where a second client connects, which Playwright does not interfere with. */
  readonly debuggerUrl: string;
}

/** Whether this machine has a browser; where it has none, tests in one cannot run. */
export const hasBrowser = (): boolean => inject('chromium') !== '';

export async function launchBrowser(): Promise<LearnersBrowser> {
  const port = await freePort();
  const browser = await chromium.launch(options([`--remote-debugging-port=${port}`]));
  const version = (await (await fetch(`http://127.0.0.1:${port}/json/version`)).json()) as {
    webSocketDebuggerUrl: string;
  };
  return { browser, debuggerUrl: version.webSocketDebuggerUrl };
}

/** A browser that keeps its data in a folder, over a restart. */
export function launchProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, options([]));
}

function options(more: string[]): LaunchOptions {
  return {
    executablePath: inject('chromium'),
    headless: true,
    ignoreDefaultArgs: LEARNERS_HAVE,
    args: ['--autoplay-policy=no-user-gesture-required', '--disable-gpu', ...more],
  };
}

/** The browser's process, which leads its group. */
export async function pidOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.find(({ type }) => type === 'browser')!.id;
}
