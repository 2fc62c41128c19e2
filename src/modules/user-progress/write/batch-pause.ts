/** About as long as a client takes to send its next change after an answer. */
const PAUSE_MS = 2;
/** After smaller batches, the pause costs more in latency than it saves: few changes come at a time. */
const PAYS_FROM = 4;

/**
 * The pause between batches: while many changes come, the next batch waits a little for more of them. A batch has a cost
 * of its own, whatever its size, so larger ones are cheaper for the service and for PostgreSQL (docs/adr/0013).
 *
 * After a batch of few changes there is no pause: a lone learner never waits.
 */
export class BatchPause {
  private lastSize = 0;
  private isOff = false;
  private end: (() => void) | undefined;

  /** @param enough changes wait already for a batch that more would hardly make cheaper */
  isDue(enough: boolean): boolean {
    return !enough && !this.isOff && this.lastSize >= PAYS_FROM;
  }

  /** Resolves after the pause, or when it is ended. */
  async wait(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PAUSE_MS);
      this.end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.end = undefined;
  }

  noteBatch(size: number): void {
    this.lastSize = size;
  }

  /** Ends the present pause, and all later ones before they begin. */
  switchOff(): void {
    this.isOff = true;
    this.end?.();
  }
}
