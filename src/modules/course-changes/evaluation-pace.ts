/** A recount locks its rollups, and beats for them wait: for no longer than about this. */
const TARGET_MS = 40;
/** Fewer are hardly quicker: a learner takes some 0.1 ms, and the round trips of the statements take the rest. */
const LEARNERS_MINIMUM = 100;
/** Milliseconds of rest for each millisecond of work, so that the database has time for others. */
const REST = 3;
const REST_MAXIMUM_MS = 1_000;

/** How many learners to evaluate at once, and how long to rest in between: less, the busier the database is. */
export class EvaluationPace {
  private size: number;

  constructor(private readonly maximum: number) {
    this.size = maximum;
  }

  get learners(): number {
    return this.size;
  }

  /** Takes note of a batch, of which some had to be recounted. @returns how long to rest, in milliseconds. */
  rest(recounted: number, tookMs: number): number {
    if (recounted > 0) this.resize((recounted * TARGET_MS) / Math.max(tookMs, 1));
    return Math.min(tookMs * REST, REST_MAXIMUM_MS);
  }

  /** A batch failed, perhaps because it was too large for the time that a statement has. */
  shrink(): void {
    this.resize(this.size / 2);
  }

  /** At most doubles: one quick batch says little about the next. */
  private resize(wanted: number): void {
    const size = Math.min(Math.round(wanted), this.size * 2, this.maximum);
    this.size = Math.max(size, Math.min(LEARNERS_MINIMUM, this.maximum));
  }
}
