const LOOK_EVERY_MS = 50;
/** A timer this late has waited behind more work than a request should wait for. */
const TOO_LATE_MS = 300;
/** The limit shrinks quickly, grows slowly, and never falls so low that one pause of the machine refuses everything. */
const SHRINK = 0.7;
const GROW = 8;
const LEAST = 32;

/**
 * How many requests to work on at once: `maximum`, or fewer while timers fire late, which shows that the process cannot
 * keep up. More requests would only wait for the processor, and slow down all others.
 */
export class PaceLimit {
  private limit: number;
  private due = performance.now() + LOOK_EVERY_MS;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly maximum: number) {
    this.limit = maximum;
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  get current(): number {
    return this.limit;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = performance.now();
    const late = now - this.due > TOO_LATE_MS;
    this.due = now + LOOK_EVERY_MS;
    this.limit = late
      ? Math.max(Math.min(LEAST, this.maximum), Math.floor(this.limit * SHRINK))
      : Math.min(this.maximum, this.limit + GROW);
  }
}
