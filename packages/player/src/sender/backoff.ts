const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** When to try again: as the service says, or after a second, two, four, up to a minute; partly random. */
export class Backoff {
  private next = FIRST_MS;

  reset(): void {
    this.next = FIRST_MS;
  }

  /** @returns milliseconds to wait. @param told what the service asks for; all players at once would be too many */
  wait(told?: number): number {
    if (told !== undefined) return told * (1 + Math.random() * 0.2);
    const wait = this.next;
    this.next = Math.min(wait * 2, LONGEST_MS);
    return wait * (0.5 + Math.random() / 2);
  }

  get longest(): number {
    return LONGEST_MS;
  }
}
