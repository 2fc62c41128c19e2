/** How much of answers is made in one turn of the event loop, in characters of stored text: about a millisecond. */
const CHARACTERS_PER_TURN = 8_000;

interface Part {
  readonly characters: number;
  /** Its turn has come. */
  readonly begin: () => void;
}

/**
 * Spreads large answers over turns of the event loop. Made in one piece, a page of a hundred records with
 * hundreds of stretches each would hold up all other requests for a tenth of a second.
 */
export class Turns {
  private left = CHARACTERS_PER_TURN;
  private isScheduled = false;
  private readonly waiting: Part[] = [];

  /** Makes a part of an answer: at once, or in a later turn when this one has made enough. */
  make<Result>(characters: number, work: () => Result): Result | Promise<Result> {
    if (this.left > 0 && this.waiting.length === 0) {
      this.use(characters);
      return work();
    }
    return new Promise<void>((begin) => this.waiting.push({ characters, begin })).then(work);
  }

  private use(characters: number): void {
    this.left -= characters;
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.begin());
  }

  private begin(): void {
    this.isScheduled = false;
    this.left = CHARACTERS_PER_TURN;
    while (this.left > 0 && this.waiting.length > 0) {
      const { characters, begin } = this.waiting.shift()!;
      this.use(characters);
      begin();
    }
  }
}

/** Shared by all answers of the process. */
export const turns = new Turns();
