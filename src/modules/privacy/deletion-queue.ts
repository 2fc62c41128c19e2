const WAITING_MAXIMUM = 100_000;
const FIRST_WAIT_MS = 1_000;
const WAIT_MAXIMUM_MS = 60_000;

/**
 * Users who are to be erased, one after the other: a platform that deletes many at once must not take every connection
 * to the database. They wait here as long as that is away, for each was told once.
 */
export class DeletionQueue {
  private readonly waiting = new Set<string>();
  private running = false;
  private stopped = false;

  constructor(
    private readonly request: (userId: string) => Promise<void>,
    private readonly maximum = WAITING_MAXIMUM,
  ) {}

  /** @returns false where there is no room. */
  add(userId: string): boolean {
    if (this.stopped || this.waiting.size >= this.maximum) return false;
    this.waiting.add(userId);
    if (!this.running) void this.run();
    return true;
  }

  /** Requests nothing more. @returns whose erasure is not known to be requested. */
  stop(): string[] {
    this.stopped = true;
    return [...this.waiting];
  }

  private async run(): Promise<void> {
    this.running = true;
    let failures = 0;
    for (const userId of this.waiting) {
      while (!this.stopped && !(await this.attempt(userId))) {
        const waitMs = Math.min(FIRST_WAIT_MS * 2 ** failures, WAIT_MAXIMUM_MS);
        failures += 1;
        await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
      }
      failures = 0;
      if (this.stopped) break;
    }
    this.running = false;
  }

  private async attempt(userId: string): Promise<boolean> {
    try {
      await this.request(userId);
      this.waiting.delete(userId);
      return true;
    } catch {
      return false;
    }
  }
}
