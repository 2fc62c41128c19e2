import { LRUCache } from 'lru-cache';

export const WINDOW_MS = 60_000;

/** How many keys are counted. Beyond that, the key unseen for longest is dropped. About 20 MB when full. */
const KEYS_MAXIMUM = 100_000;
/** Share of the limit below which a key's counts are not sent to the other processes. Almost all keys stay below it. */
const HOT_SHARE = 0.1;

interface Count {
  /** Number of the window that `current` counts: minutes on the clock of `now`. */
  window: number;
  current: number;
  previous: number;
  /** Counted here and not yet sent to the other processes. */
  untold: number;
}

/**
 * Counts by key over a sliding minute: the last whole window counts in proportion to its overlap with that minute.
 * Everything is synchronous and in memory; counts of other processes are added as they arrive.
 *
 * Existing libraries answer by promise, keep a timer for each key, and cannot add counts of others. This takes a few
 * hundred nanoseconds, and no request waits.
 */
export class SlidingWindow {
  private readonly counts = new LRUCache<string, Count>({ max: KEYS_MAXIMUM });
  private readonly hot = new Set<string>();
  private readonly hotFrom: number;

  constructor(readonly limit: number) {
    this.hotFrom = limit * HOT_SHARE;
  }

  /**
   * Counts `amount` for the key, unless that exceeds the limit. Then nothing is counted: a client that keeps asking is
   * not locked out for ever.
   * @param now milliseconds on a clock that never goes back, such as `performance.now()`
   * @returns 0 when it was counted, else the seconds after which the same amount would be.
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

  /** Counts to send to the other processes, each once: at most `maximum` keys, the rest at the next call. */
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
      // Counts of a window that is over need not be sent.
      count.untold = 0;
      count.window = window;
    }
    return count;
  }
}

/**
 * When the current window leaves no room, wait for the next one, until the current one's share in it is small enough.
 */
function secondsUntilRoom(count: Count, amount: number, limit: number, elapsed: number): number {
  const room = Math.max(0, limit - amount);
  const left = room - count.current;
  const windows =
    left >= 0
      ? 1 - left / Math.max(1, count.previous) - elapsed
      : 1 - elapsed + (1 - room / count.current);
  return Math.max(1, Math.ceil((windows * WINDOW_MS) / 1_000));
}
