/** The most rows of the journal in one transaction. */
export const ROWS_MAXIMUM = 400;
/** What a process begins with: a statement that runs into its time limit has done nothing. */
const ROWS_AT_FIRST = 50;
/** The target time of one transaction, far below a statement's time limit. */
const TARGET_MS = 250;
/** Milliseconds of rest for each millisecond of work: usually, and while the database is slow. */
const REST = 0.25;
const REST_WHEN_SLOW = 4;
/**
 * The database is slow when a statement that reads one row of an index takes so many milliseconds, with the wait for a
 * connection. What folding takes says nothing of that: the first move of a learner's day costs several times as much as
 * the next, and after midnight all are first ones.
 */
const SLOW_MS = 20;
const REST_MAXIMUM_MS = 2_000;

/**
 * How many rows to fold at once, and how long to rest in between. Where the database is slow, others need it more:
 * figures may be late, answers to learners may not.
 */
export class FoldPace {
  private size = ROWS_AT_FIRST;

  get rows(): number {
    return this.size;
  }

  /**
   * Adapts the size after a transaction that folded as many rows as it was allowed to.
   * @param tookMs milliseconds of the transaction
   * @param answeredMs milliseconds of a small statement just before it
   * @returns how long to rest, in milliseconds
   */
  rest(tookMs: number, answeredMs: number): number {
    this.resize((this.size * TARGET_MS) / Math.max(tookMs, 1));
    const share = answeredMs >= SLOW_MS ? REST_WHEN_SLOW : REST;
    return Math.min(tookMs * share, REST_MAXIMUM_MS);
  }

  /** Halves the size after a failure: the transaction may have been too large for the statement's time limit. */
  shrink(): void {
    this.resize(this.size / 2);
  }

  /** At most doubles: one quick transaction says little about the next. */
  private resize(wanted: number): void {
    this.size = Math.max(1, Math.min(Math.floor(wanted), this.size * 2, ROWS_MAXIMUM));
  }
}
