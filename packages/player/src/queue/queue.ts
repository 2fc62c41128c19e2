import { keyOf, type Beat } from '../beat.js';
import { createDatabase, type Database } from './database.js';

/**
 * The beats of one learner that were not answered yet: those of this page in memory, and all of this device in
 * IndexedDB, where they survive the page. Nothing here fails: what cannot be written stays in memory.
 */
export interface Queue {
  /** Removes beats, and writes others as they are now, in one transaction. */
  put(beats: readonly Beat[], removed?: readonly Beat[]): Promise<void>;
  /** Of every tab, the earliest first. */
  all(): Promise<Beat[]>;
  /** Sealed beats of this page. One that is being left has no time to read IndexedDB. */
  sealed(): Beat[];
  /** Another tab has removed it. */
  forget(beat: Beat): void;
  /** Whether beats survive the page. */
  durable(): boolean;
}

export function createQueue(
  userId: string,
  persist: boolean,
  onDurability: (durable: boolean) => void,
): Queue {
  const mine = new Map<string, Beat>();
  const { run } = createDatabase();
  let durable = persist;

  const forget = (beat: Beat) => mine.delete(keyOf(beat));
  /** @returns undefined when it failed, or nothing is to be kept */
  const attempt: Database['run'] = async (mode, work) => {
    let result;
    let isDurable = false;
    try {
      if (persist) {
        result = await run(mode, work);
        // What can be read need not be written: on a full disk.
        isDurable = durable || mode === 'readwrite';
      }
    } catch {
      // No IndexedDB, or no room in it.
    }
    if (isDurable !== durable) onDurability((durable = isDurable));
    return result as never;
  };
  return {
    forget,
    durable: () => durable,
    async put(beats, removed = []) {
      removed.forEach(forget);
      for (const beat of beats) mine.set(keyOf(beat), beat);
      await attempt('readwrite', (store) => {
        for (const beat of removed) store.delete(keyOf(beat));
        // Once there is room again, those that found none.
        for (const beat of durable ? beats : mine.values()) store.put(beat, keyOf(beat));
      });
    },
    async all() {
      const stored = await attempt<Beat[]>('readonly', (store) => store.getAll());
      const beats = new Map(stored?.map((beat) => [keyOf(beat), beat]));
      for (const [key, beat] of mine) beats.set(key, beat);
      return [...beats.values()]
        .filter((beat) => beat.userId === userId)
        .sort((one, other) => one.at - other.at || one.seq - other.seq);
    },
    sealed: () => [...mine.values()].filter(({ open }) => !open),
  };
}
