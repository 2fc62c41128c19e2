const DAY_MS = 86_400_000;
/** A run ends after so many portions: a job that runs for minutes would stop late. */
const PORTIONS_PER_RUN = 200;

/** A walk over a table, a portion at a time: from the beginning to the end, and again a day after it began. */
export class DailyWalk<Position> {
  private position: Position | null = null;
  private isUnderWay = false;
  /** Milliseconds of `performance.now()`. */
  private nextAt = 0;

  /** @param step deals with the portion after a position, and returns the next one; null at the end */
  constructor(private readonly step: (after: Position | null) => Promise<Position | null>) {}

  /** Goes on with the lap, or begins one if it is due. A step that fails is tried again at the next call. */
  async goOn(signal: AbortSignal): Promise<void> {
    if (!this.isUnderWay && performance.now() < this.nextAt) return;
    if (!this.isUnderWay) this.nextAt = performance.now() + DAY_MS;
    this.isUnderWay = true;
    for (let portion = 0; portion < PORTIONS_PER_RUN && !signal.aborted; portion += 1) {
      this.position = await this.step(this.position);
      if (this.position !== null) continue;
      this.isUnderWay = false;
      return;
    }
  }
}
