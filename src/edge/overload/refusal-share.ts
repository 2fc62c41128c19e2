/** Of the process's time. The rest is for accepted requests, and for a database on the same core. */
const SHARE = 0.2;
/** Milliseconds of refusing that a quiet process may spend at once: some hundred refusals. */
const BURST_MS = 10;
const LOOK_EVERY_MS = 2;

/** A request that is refused, and whose answer is not sent yet. */
export interface Owed {
  send(): void;
}

/**
 * Sends refusals: at once, as long as they take no more than a share of the time. Those beyond it wait for their turn.
 *
 * Without this limit, refusing starves the accepted requests: the database's answer is one ready socket among thousands
 * with requests to refuse, so each batch of changes waits until all of these were refused (docs/adr/0013).
 */
export class RefusalShare {
  private readonly waiting = new Set<Owed>();
  private budgetMs = BURST_MS;
  private earnedAt = performance.now();
  private timer: NodeJS.Timeout | undefined;

  send(owed: Owed): void {
    if (this.waiting.size === 0 && this.mayRefuse()) return this.spend(owed);
    this.waiting.add(owed);
    this.timer ??= setTimeout(() => this.sendNext(), LOOK_EVERY_MS);
  }

  /** Sends one that waits, or nothing: before its connection's next bytes are read, or its end. */
  sendNow(owed: Owed): void {
    if (this.waiting.delete(owed)) this.spend(owed);
  }

  sendAll(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const owed of this.waiting) this.sendNow(owed);
  }

  private sendNext(): void {
    for (const owed of this.waiting) {
      if (!this.mayRefuse()) break;
      this.sendNow(owed);
    }
    this.timer =
      this.waiting.size > 0 ? setTimeout(() => this.sendNext(), LOOK_EVERY_MS) : undefined;
  }

  private mayRefuse(): boolean {
    if (this.budgetMs > 0) return true;
    const now = performance.now();
    this.budgetMs = Math.min(BURST_MS, this.budgetMs + (now - this.earnedAt) * SHARE);
    this.earnedAt = now;
    return this.budgetMs > 0;
  }

  private spend(owed: Owed): void {
    const begun = performance.now();
    owed.send();
    this.budgetMs -= performance.now() - begun;
  }
}
