const LOOK_EVERY_MS = 50;
/** A timer that comes so late has waited behind more work than a request should. */
const TOO_LATE_MS = 300;
/** Down quickly, up slowly, and never so low that a pause of the whole machine shuts everybody out. */
const SHRINK = 0.7;
const GROW = 8;
const LEAST = 32;

/**
 * How many requests to work on at once: `maximum`, and fewer while the process cannot keep up, which shows in timers
 * that come late. What is let in beyond its pace only waits for the processor, and makes everybody wait.
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
