/** The most rows of the journal in one transaction. Their bytes are limited too, by the statement that takes them. */
export const ROWS_MAXIMUM = 4_000;
/** What a process begins with: a statement that runs into its time limit has done nothing. */
const ROWS_AT_FIRST = 50;
/**
 * The target time of one transaction. First moves of a day, which all are after midnight, take three times as long as
 * those before: that must be below a statement's time limit.
 */
const TARGET_MS = 500;
/**
 * Milliseconds of rest for each millisecond of work, by the milliseconds that a statement takes which reads one row of an
 * index, with the wait for a connection. What folding takes says nothing of how busy the database is: the first move of a
 * learner's day costs several times as much as the next.
 */
const RESTS = [
  { answeredMs: 20, share: 4 },
  { answeredMs: 2, share: 0.25 },
  { answeredMs: 0, share: 0 },
];
const REST_MAXIMUM_MS = 2_000;

/**
 * How many rows to fold at once, and how long to rest in between. Where the database is busy, others need it more:
 * figures may be late, answers to learners may not.
 */
export class FoldPace {
  private size = ROWS_AT_FIRST;

  get rows(): number {
    return this.size;
  }

  /**
   * Adapts the size after a transaction that a limit ended: more is waiting.
   * @param rows how many it folded: fewer than it was allowed to, where they are large
   * @param tookMs milliseconds of the transaction
   * @param answeredMs milliseconds of a small statement just before it
   * @returns how long to rest, in milliseconds
   */
  rest(rows: number, tookMs: number, answeredMs: number): number {
    this.resize((rows * TARGET_MS) / Math.max(tookMs, 1));
    const { share } = RESTS.find((rest) => answeredMs >= rest.answeredMs)!;
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
