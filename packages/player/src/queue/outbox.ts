import { keyOf, type Beat } from '../beat.js';

/**
 * The beats of this page that were not answered yet, as they are in the queue too. A page that is being left sends them
 * from here: it has no time to read the queue.
 */
export class Outbox {
  private readonly beats = new Map<string, Beat>();
  private readonly underWay = new Set<string>();

  add(beat: Beat): void {
    this.beats.set(keyOf(beat), beat);
  }

  find(beat: Beat): Beat | undefined {
    return this.beats.get(keyOf(beat));
  }

  forget(beats: readonly Pick<Beat, 'session' | 'seq'>[]): void {
    for (const beat of beats) this.beats.delete(keyOf(beat));
  }

  /** Sealed, and not under way in a request that outlives the page. */
  sendable(): Beat[] {
    return [...this.beats.values()].filter((beat) => !beat.open && !this.isUnderWay(beat));
  }

  isUnderWay(beat: Beat): boolean {
    return this.underWay.has(keyOf(beat));
  }

  /** Marks beats as under way until the request ends, however it does. */
  async send<Result>(beats: readonly Beat[], request: Promise<Result>): Promise<Result> {
    const keys = beats.map(keyOf);
    for (const key of keys) this.underWay.add(key);
    try {
      return await request;
    } finally {
      for (const key of keys) this.underWay.delete(key);
    }
  }
}
