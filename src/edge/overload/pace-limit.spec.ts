import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PaceLimit } from './pace-limit.js';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }),
);
afterEach(() => void vi.useRealTimers());

/** Runs the timers late, as if the process had been busy for that long. */
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

it('never refuses all requests', () => {
  const limit = new PaceLimit(256);
  for (let times = 0; times < 50; times += 1) stall(1_000 * (times + 1));
  expect(limit.current).toBe(32);
  limit.stop();
});

it('stays at a maximum that is smaller than the lowest limit', () => {
  const limit = new PaceLimit(3);
  stall(500);
  expect(limit.current).toBe(3);
  limit.stop();
});
