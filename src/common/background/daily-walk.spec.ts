import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DailyWalk } from './daily-walk.js';

const DAY_MS = 86_400_000;
const signal = new AbortController().signal;

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

/** A walk over positions 1 to `last`, and the positions at which it began each portion. */
function walkTo(last: number, fails: () => boolean = () => false) {
  const begun: (number | null)[] = [];
  const walk = new DailyWalk<number>(async (after) => {
    if (fails()) throw new Error('the database is away');
    begun.push(after);
    const next = (after ?? 0) + 1;
    return next > last ? null : next;
  });
  return { walk, begun };
}

describe('a walk', () => {
  it('goes from the beginning to the end once a day', async () => {
    const { walk, begun } = walkTo(2);
    await walk.goOn(signal);
    expect(begun).toEqual([null, 1, 2]);
    await walk.goOn(signal);
    expect(begun).toHaveLength(3);
    vi.advanceTimersByTime(DAY_MS);
    await walk.goOn(signal);
    expect(begun).toEqual([null, 1, 2, null, 1, 2]);
  });

  it('goes on where the run before ended, or failed', async () => {
    let failing = false;
    const { walk, begun } = walkTo(450, () => failing);
    await walk.goOn(signal);
    failing = true;
    await expect(walk.goOn(signal)).rejects.toThrow('away');
    failing = false;
    await walk.goOn(signal);
    await walk.goOn(signal);
    expect(begun).toEqual([null, ...Array.from({ length: 450 }, (_, index) => index + 1)]);
  });

  it('ends after the portion that it is at when the process stops', async () => {
    const stopping = new AbortController();
    const begun: unknown[] = [];
    const walk = new DailyWalk<number>(async () => {
      stopping.abort();
      return begun.push('portion');
    });
    await walk.goOn(stopping.signal);
    expect(begun).toHaveLength(1);
  });
});
