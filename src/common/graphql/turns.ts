/** How much of an answer is made in one turn of the event loop, in entries of nested lists: some milliseconds. */
const ENTRIES_PER_TURN = 4_000;

interface Part {
  readonly entries: number;
  /** Its turn has come. */
  readonly begin: () => void;
}

/**
 * Spreads answers with many entries over turns of the event loop. Made in one piece, a page of a hundred records with
 * hundreds of stretches each would hold up all other requests for a tenth of a second.
 */
export class Turns {
  private left = ENTRIES_PER_TURN;
  private isScheduled = false;
  private readonly waiting: Part[] = [];

  /** Makes a part of an answer: at once, or in a later turn when this one has made enough. */
  make<Result>(entries: number, work: () => Result): Result | Promise<Result> {
    if (this.left > 0 && this.waiting.length === 0) {
      this.use(entries);
      return work();
    }
    return new Promise<void>((begin) => this.waiting.push({ entries, begin })).then(work);
  }

  private use(entries: number): void {
    this.left -= entries;
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.begin());
  }

  private begin(): void {
    this.isScheduled = false;
    this.left = ENTRIES_PER_TURN;
    while (this.left > 0 && this.waiting.length > 0) {
      const { entries, begin } = this.waiting.shift()!;
      this.use(entries);
      begin();
    }
  }
}

/** Shared by all answers of the process. */
export const turns = new Turns();
