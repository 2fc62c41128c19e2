import type { Browser } from 'playwright-core';
import { settled } from './stage.ts';

/** One load of a page with an empty cache. Times are milliseconds from its address on. */
export interface Load {
  /** The first text (first contentful paint). */
  painted: number;
  /** The last panel has its figures. */
  complete: number;
  requests: number;
  /** Requests that waited for one another. */
  rounds: number;
  /** What came over the network, compressed. */
  kilobytes: number;
}

declare global {
  interface Window {
    /** When nothing was loading any more, after something was. */
    completeAt: number;
  }
}

export async function loadPage(browser: Browser, address: string): Promise<Load> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.addInitScript(noteCompletion);
  await page.goto(address);
  await settled(page);
  // A panel may begin with what another one found.
  await page.waitForLoadState('networkidle');
  await settled(page);
  const { requests, painted, complete } = await page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
    complete: window.completeAt,
    requests: (['navigation', 'resource'] as const).flatMap((type) =>
      (performance.getEntriesByType(type) as PerformanceResourceTiming[])
        .filter(({ name }) => name.startsWith('http'))
        .map(({ startTime, responseEnd, transferSize }) => ({
          ...{ startTime, responseEnd, transferSize },
        })),
    ),
  }));
  await context.close();
  const bytes = requests.reduce((sum, { transferSize }) => sum + transferSize, 0);
  return {
    painted: Math.round(painted),
    complete: Math.round(complete),
    requests: requests.length,
    rounds: roundsOf(requests),
    kilobytes: Math.round(bytes / 100) / 10,
  };
}

function noteCompletion(): void {
  let wasLoading = false;
  new MutationObserver(() => {
    const isLoading = document.querySelector('.skeleton, [aria-busy=true]') !== null;
    if (wasLoading && !isLoading) window.completeAt = performance.now();
    wasLoading = isLoading;
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

/** Less than what a script does with an answer before it asks for something else. */
const APART_MS = 5;

/** The longest chain of requests in which each began after the one before had ended. */
function roundsOf(requests: readonly { startTime: number; responseEnd: number }[]): number {
  const inOrder = requests.toSorted((one, other) => one.responseEnd - other.responseEnd);
  const rounds: number[] = [];
  for (const { startTime } of inOrder) {
    const before = rounds.filter((_, index) => inOrder[index]!.responseEnd + APART_MS <= startTime);
    rounds.push(1 + Math.max(0, ...before));
  }
  return Math.max(...rounds);
}
