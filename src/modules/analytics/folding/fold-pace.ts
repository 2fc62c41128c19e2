/** The most rows of the journal in one transaction. */
export const ROWS_MAXIMUM = 400;
/** What a process begins with: a statement that runs into its time limit has done nothing. */
const ROWS_AT_FIRST = 50;
/** The target time of one transaction, far below a statement's time limit. */
const TARGET_MS = 250;
/** Milliseconds of rest for each millisecond of work: usually, and while the database is slow. */
const REST = 0.25;
const REST_WHEN_SLOW = 4;
/** The database is slow when moves take so many times as long as in the best transactions. */
const SLOW = 3;
/** What a transaction costs by itself, in moves: without it, a small one would be taken for a slow one. */
const MOVES_OF_A_TRANSACTION = 2_000;
/** By so much the best time is forgotten with each transaction: the figures grow, and servers change. */
const FORGETTING = 1.01;
const REST_MAXIMUM_MS = 2_000;

/**
 * How many rows to fold at once, and how long to rest in between. Where the database is slow, others need it more:
 * figures may be late, answers to learners may not.
 */
export class FoldPace {
  private size = ROWS_AT_FIRST;
  /** Milliseconds a move. */
  private best = Infinity;

  get rows(): number {
    return this.size;
  }

  /**
   * Adapts the size after a transaction that folded as many rows as it was allowed to.
   * @returns how long to rest, in milliseconds
   */
  rest(moves: number, tookMs: number): number {
    const each = tookMs / (moves + MOVES_OF_A_TRANSACTION);
    this.best = Math.min(each, this.best * FORGETTING);
    this.resize((this.size * TARGET_MS) / Math.max(tookMs, 1));
    const share = each > this.best * SLOW ? REST_WHEN_SLOW : REST;
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
