import { LRUCache } from 'lru-cache';

/** What a user may use at once who has used nothing for so long, in milliseconds of their pace. */
export const BURST_MS = 1_000;
/** A request that would wait for longer is refused. */
export const WAIT_MAXIMUM_MS = 5_000;
const USERS_MAXIMUM = 100_000;

/**
 * Bounds the share of the processor that one user takes: their requests begin no faster than their costs allow. The
 * limits of a minute do not: all of a minute's requests at once hold up everybody for seconds.
 */
export class Pace {
  /** When what each user has used will be made up for, in milliseconds of `performance.now()`. */
  private readonly busyUntil = new LRUCache<string, number>({ max: USERS_MAXIMUM });

  constructor(private readonly costPerSecond: number) {}

  /**
   * Takes the cost of a request, unless it would wait for too long.
   * @param now milliseconds of `performance.now()`
   * @returns how long it must wait, in milliseconds, and whether it is refused
   */
  take(user: string, cost: number, now: number): { waitMs: number; refused: boolean } {
    // Whatever it costs, it can be carried out after a pause.
    const takesMs = Math.min((cost / this.costPerSecond) * 1_000, BURST_MS);
    const before = Math.max(this.busyUntil.get(user) ?? 0, now - BURST_MS);
    const waitMs = Math.max(0, before + takesMs - now);
    const refused = waitMs > WAIT_MAXIMUM_MS;
    if (!refused) this.busyUntil.set(user, before + takesMs);
    return { waitMs, refused };
  }
}
