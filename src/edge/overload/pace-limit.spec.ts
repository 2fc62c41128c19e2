import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PaceLimit } from './pace-limit.js';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }),
);
afterEach(() => void vi.useRealTimers());

/** As if the process had been busy for so long before it came to its timers. */
function stall(milliseconds: number): void {
  const now = performance.now();
  const spy = vi.spyOn(performance, 'now').mockReturnValue(now + milliseconds);
  vi.advanceTimersToNextTimer();
  spy.mockRestore();
}

it('lets in what is configured while timers come in time', () => {
  const limit = new PaceLimit(256);
  vi.advanceTimersByTime(1_000);
  expect(limit.current).toBe(256);
  limit.stop();
});

it('lets fewer in when timers come late, and more again when they do not', () => {
  const limit = new PaceLimit(256);
  stall(500);
  const lowered = limit.current;
  expect(lowered).toBeLessThan(256);
  vi.advanceTimersByTime(5_000);
  expect(limit.current).toBe(256);
  limit.stop();
});

it('never shuts everybody out', () => {
  const limit = new PaceLimit(256);
  for (let times = 0; times < 50; times += 1) stall(1_000 * (times + 1));
  expect(limit.current).toBe(32);
  limit.stop();
});

it('stays below a maximum that is smaller than the least', () => {
  const limit = new PaceLimit(3);
  stall(500);
  expect(limit.current).toBe(3);
  limit.stop();
});
