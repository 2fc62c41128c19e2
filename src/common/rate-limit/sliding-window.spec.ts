import { describe, expect, it } from 'vitest';
import { SlidingWindow, WINDOW_MS } from './sliding-window.js';

/** The beginning of a window. */
const START = 1_000 * WINDOW_MS;

function taken(window: SlidingWindow, times: number, now: number, amount = 1): number[] {
  return Array.from({ length: times }, () => window.take('me', amount, now));
}

describe('a sliding window', () => {
  it('lets through as many as its limit, and says when there is room again', () => {
    const window = new SlidingWindow(5);
    expect(taken(window, 6, START)).toEqual([0, 0, 0, 0, 0, 72]);
    expect(window.take('another', 1, START)).toBe(0);
    expect(window.take('me', 1, START + 71_000)).toBe(1);
    expect(window.take('me', 1, START + 72_000)).toBe(0);
  });

  it.each([1, 2, 3, 7, 10])('has room after the wait that it gave: %s at once', (amount) => {
    const window = new SlidingWindow(10);
    const now = START + 12_345;
    while (window.take('me', amount, now) === 0);
    const seconds = window.take('me', amount, now);
    expect(window.take('me', amount, now + seconds * 1_000)).toBe(0);
  });

  it('does not let twice the limit through around the end of a minute', () => {
    const window = new SlidingWindow(100);
    const before = taken(window, 200, START + WINDOW_MS - 1);
    const after = taken(window, 200, START + WINDOW_MS + 1);
    const through = [...before, ...after].filter((seconds) => seconds === 0).length;
    expect(through).toBeLessThanOrEqual(101);
  });

  it('counts an amount as a whole, or not at all', () => {
    const window = new SlidingWindow(10);
    expect(window.take('me', 8, START)).toBe(0);
    expect(window.take('me', 3, START)).toBeGreaterThan(0);
    expect(window.take('me', 2, START)).toBe(0);
  });

  it('never lets through more at once than its limit', () => {
    expect(new SlidingWindow(3).take('me', 4, START)).toBeGreaterThan(0);
  });

  it('does not lock out for longer a client that keeps asking', () => {
    const window = new SlidingWindow(5);
    taken(window, 1_000, START);
    expect(window.take('me', 1, START + 72_000)).toBe(0);
  });

  it('adds what others counted', () => {
    const window = new SlidingWindow(10);
    window.add('me', 9, START);
    expect(taken(window, 2, START)).toEqual([0, 72 - 6]);
  });

  it('sends the counts of keys near the limit, each once, and no others', () => {
    const window = new SlidingWindow(100);
    for (let index = 0; index < 1_000; index += 1) window.take(`quiet-${index}`, 1, START);
    for (let index = 0; index < 12; index += 1) window.take('loud', 1, START);
    expect(window.drain(10)).toEqual([['loud', 12]]);
    expect(window.drain(10)).toEqual([]);
    window.take('loud', 1, START);
    expect(window.drain(10)).toEqual([['loud', 1]]);
  });

  it('takes well below ten microseconds', () => {
    const window = new SlidingWindow(1_000_000);
    const keys = Array.from({ length: 5_000 }, (_, index) => `user-${index}`);
    const begun = performance.now();
    for (let index = 0; index < 100_000; index += 1) window.take(keys[index % 5_000]!, 1, START);
    expect((performance.now() - begun) / 100_000).toBeLessThan(0.01);
  });
});
