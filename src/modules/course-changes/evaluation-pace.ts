/** The target time of a batch. A recount locks its rollups, and beats for them wait as long. */
const TARGET_MS = 40;
/** Smaller batches are hardly faster: a learner takes about 0.1 ms, and the statements' round trips take the rest. */
const LEARNERS_MINIMUM = 100;
/** Milliseconds of rest for each millisecond of work, so that the database has time for other work. */
const REST = 3;
const REST_MAXIMUM_MS = 1_000;

/** How many learners to evaluate at once, and how long to rest in between. A busier database means smaller batches. */
export class EvaluationPace {
  private size: number;

  constructor(private readonly maximum: number) {
    this.size = maximum;
  }

  get learners(): number {
    return this.size;
  }

  /**
   * Adapts the size after a batch.
   * @param recounted how many of its learners had to be recounted
   * @returns how long to rest, in milliseconds
   */
  rest(recounted: number, tookMs: number): number {
    if (recounted > 0) this.resize((recounted * TARGET_MS) / Math.max(tookMs, 1));
    return Math.min(tookMs * REST, REST_MAXIMUM_MS);
  }

  /** Halves the size after a failed batch: it may have been too large for the statement timeout. */
  shrink(): void {
    this.resize(this.size / 2);
  }

  /** At most doubles: one quick batch says little about the next. */
  private resize(wanted: number): void {
    const size = Math.min(Math.round(wanted), this.size * 2, this.maximum);
    this.size = Math.max(size, Math.min(LEARNERS_MINIMUM, this.maximum));
  }
}
