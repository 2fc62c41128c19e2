/** What a lane needs of its surroundings. */
export interface LaneWork<Entry> {
  /** Takes up to so many due rows. */
  claim(limit: number): Promise<Entry[]>;
  /** Delivers one of them; never throws. */
  attempt(entry: Entry): Promise<void>;
  /** Nothing could be claimed; it is tried again. */
  failed(error: unknown): void;
}

export interface LaneOptions {
  /** Rows that are delivered at once, at most. */
  concurrency: number;
  pollMs: number;
}

const FAILED_CLAIM_WAIT_MAXIMUM_MS = 5_000;

/**
 * Claims due rows, as many as there are free slots, and has each attempted, until it is stopped. Each lane has slots of
 * its own, so that rows of one lane that nobody takes do not hold up those of another.
 */
export class OutboxLane<Entry> {
  private readonly underWay = new Set<Promise<void>>();
  private readonly running: Promise<void>;
  private stopping = false;
  private nudged = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly work: LaneWork<Entry>,
    private readonly options: LaneOptions,
  ) {
    this.running = this.run();
  }

  /** There may be something to claim. */
  nudge(): void {
    this.nudged = true;
    this.wake();
  }

  /** Claims nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.nudge();
    await this.running;
    await Promise.all(this.underWay);
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      try {
        await this.round();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.work.failed(error);
        const waitMs = this.options.pollMs * 2 ** Math.min(failures, 10);
        await this.pause(Math.min(waitMs, FAILED_CLAIM_WAIT_MAXIMUM_MS));
      }
    }
  }

  /** Claims once, then waits until it makes sense to claim again. */
  private async round(): Promise<void> {
    this.nudged = false;
    const free = this.options.concurrency - this.underWay.size;
    const claimed = await this.claim(free);
    if (claimed === free) await Promise.race(this.underWay);
    else if (!this.nudged) await this.pause(this.options.pollMs * (0.75 + Math.random() / 2));
  }

  private async claim(limit: number): Promise<number> {
    if (limit === 0) return 0;
    const entries = await this.work.claim(limit);
    for (const entry of entries) {
      const attempt = this.work.attempt(entry).finally(() => this.underWay.delete(attempt));
      this.underWay.add(attempt);
    }
    return entries.length;
  }

  /** Waits for the time, or for a nudge. */
  private async pause(milliseconds: number): Promise<void> {
    if (this.stopping) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.wake = () => undefined;
  }
}
