import { LRUCache } from 'lru-cache';

export const WINDOW_MS = 60_000;

/** Keys that are counted at once; beyond that, the longest unseen is forgotten. About 20 MB when full. */
const KEYS_MAXIMUM = 100_000;
/** Share of the limit below which nobody else needs to know of a key: almost all keys stay there. */
const HOT_SHARE = 0.1;

interface Count {
  /** Number of the window that `current` counts, since 1970. */
  window: number;
  current: number;
  previous: number;
  /** What was counted here and not yet told to the other processes. */
  untold: number;
}

/**
 * Counts a minute by key. The minute slides: of the last whole window as much counts as it still overlaps.
 * Everything is synchronous and in memory; what other processes counted is added when they tell.
 *
 * The libraries at hand answer by promise and keep a timer a key, and none takes in counts of others:
 * this is a few hundred nanoseconds, and no request ever waits.
 */
export class SlidingWindow {
  private readonly counts = new LRUCache<string, Count>({ max: KEYS_MAXIMUM });
  private readonly hot = new Set<string>();
  private readonly hotFrom: number;

  constructor(readonly limit: number) {
    this.hotFrom = limit * HOT_SHARE;
  }

  /**
   * Counts `amount` for the key, unless that is too much: then nothing is counted, so that who keeps
   * asking is not kept out for ever.
   * @param now milliseconds since 1970
   * @returns 0, or after how many seconds the same is let through.
   */
  take(key: string, amount: number, now: number): number {
    const count = this.at(key, now);
    const elapsed = (now % WINDOW_MS) / WINDOW_MS;
    const used = count.previous * (1 - elapsed) + count.current;
    if (used + amount > this.limit) return secondsUntilRoom(count, amount, this.limit, elapsed);
    count.current += amount;
    count.untold += amount;
    if (used + amount >= this.hotFrom && this.hot.size < KEYS_MAXIMUM) this.hot.add(key);
    return 0;
  }

  /** Adds what another process counted. */
  add(key: string, amount: number, now: number): void {
    const count = this.at(key, now);
    count.current = Math.min(count.current + amount, this.limit);
  }

  /** What the others should know by now, each count told once. At most `maximum` keys; the rest follows. */
  drain(maximum: number): [key: string, amount: number][] {
    const told: [string, number][] = [];
    for (const key of this.hot) {
      if (told.length >= maximum) break;
      this.hot.delete(key);
      const count = this.counts.peek(key);
      if (!count || count.untold === 0) continue;
      told.push([key, count.untold]);
      count.untold = 0;
    }
    return told;
  }

  private at(key: string, now: number): Count {
    const window = Math.floor(now / WINDOW_MS);
    let count = this.counts.get(key);
    if (!count) this.counts.set(key, (count = { window, current: 0, previous: 0, untold: 0 }));
    if (count.window !== window) {
      count.previous = count.window === window - 1 ? count.current : 0;
      count.current = 0;
      // Of a window that is over nobody needs to be told any more.
      count.untold = 0;
      count.window = window;
    }
    return count;
  }
}

/** Where the present window leaves no room at all, the next one does, once this one's share in it has shrunk. */
function secondsUntilRoom(count: Count, amount: number, limit: number, elapsed: number): number {
  const room = Math.max(0, limit - amount);
  const left = room - count.current;
  const windows =
    left >= 0
      ? 1 - left / Math.max(1, count.previous) - elapsed
      : 1 - elapsed + (1 - room / count.current);
  return Math.max(1, Math.ceil((windows * WINDOW_MS) / 1_000));
}
