import { keyOf, type Beat } from '../beat.js';
import { Database } from './database.js';

/** The beats of one learner that were not answered yet: in IndexedDB, and in memory what could not be written there. */
export class Queue {
  private readonly memory = new Map<string, Beat>();
  private readonly database: Database | undefined;
  private isDurable = true;

  constructor(
    private readonly userId: string,
    persist: boolean,
    private readonly onDurability: (durable: boolean) => void,
  ) {
    if (persist) this.database = new Database();
    else this.isDurable = false;
  }

  /** Whether beats survive the page. */
  get durable(): boolean {
    return this.isDurable;
  }

  /** Writes beats, and removes others, in one transaction. Never fails: what cannot be written stays in memory. */
  async put(beats: readonly Beat[], removed: readonly Beat[] = []): Promise<void> {
    // Kept before it is written, so that a write that is lost loses nothing; a copy, since an open beat goes on.
    for (const beat of beats) this.memory.set(keyOf(beat), { ...beat });
    for (const beat of removed) this.memory.delete(keyOf(beat));
    const written = beats.map((beat) => this.memory.get(keyOf(beat)));
    const isWritten = await this.write((store) => {
      for (const beat of beats) store.put(beat);
      for (const { session, seq } of removed) store.delete([session, seq]);
    });
    if (!isWritten) return;
    beats.forEach((beat, index) => {
      const key = keyOf(beat);
      // A later version of it may be on its way.
      if (this.memory.get(key) === written[index]) this.memory.delete(key);
    });
  }

  remove(beats: readonly Beat[]): Promise<void> {
    return beats.length > 0 ? this.put([], beats) : Promise.resolve();
  }

  /** All beats of the learner on this device, of every tab that writes to IndexedDB. */
  async all(): Promise<Beat[]> {
    let stored: Beat[] = [];
    await this.tell(async (database) => {
      stored = await database.run<Beat[]>('readonly', (store) =>
        store.index('userId').getAll(this.userId),
      );
    });
    const beats = new Map(stored.map((beat) => [keyOf(beat), beat]));
    for (const [key, beat] of this.memory) beats.set(key, beat);
    return [...beats.values()];
  }

  close(): void {
    this.database?.close();
  }

  private write(work: (store: IDBObjectStore) => void): Promise<boolean> {
    return this.tell((database) => database.run('readwrite', work));
  }

  /** @returns whether it was done */
  private async tell(work: (database: Database) => Promise<unknown>): Promise<boolean> {
    let done = false;
    if (this.database) {
      done = await work(this.database).then(
        () => true,
        () => false,
      );
      if (done !== this.isDurable) this.onDurability((this.isDurable = done));
    }
    return done;
  }
}
