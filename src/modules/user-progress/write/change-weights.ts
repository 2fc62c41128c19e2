import { LRUCache } from 'lru-cache';
import type { ProgressChange } from '../changes/progress-change.js';
import type { LessonKey } from '../lesson-key.js';
import { pairName } from '../pair-name.js';
import type { ProgressRecord } from '../progress-record.js';

/** So many beats cost about as much as the change that brings them. */
const BEATS_PER_WEIGHT = 10;
/** So many bytes of stored ranges, read and written, cost about as much as a change. */
const BYTES_PER_WEIGHT = 1_024;
const REMEMBERED_MAXIMUM = 10_000;

/**
 * What changes weigh in a batch. A usual one weighs 1. More beats weigh more, and so does a record whose lesson was seen
 * in many pieces: its size is known from its last change.
 */
export class ChangeWeights {
  private readonly large = new LRUCache<string, number>({ max: REMEMBERED_MAXIMUM });

  of(change: ProgressChange): number {
    const beats = change.kind === 'recordWatch' ? change.beats.length : 0;
    const bytes = this.large.size > 0 ? (this.large.get(nameOf(change)) ?? 0) : 0;
    return 1 + Math.floor(beats / BEATS_PER_WEIGHT) + Math.floor(bytes / BYTES_PER_WEIGHT);
  }

  /** Remembers the size of a record, if it is large. */
  note(record: ProgressRecord): void {
    const bytes = record.watched.length + record.watchedAgain.length;
    if (bytes >= BYTES_PER_WEIGHT) this.large.set(nameOf(record), bytes);
  }
}

const nameOf = ({ userId, lessonId }: LessonKey): string => pairName(userId, lessonId);
