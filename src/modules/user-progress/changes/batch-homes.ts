import type { LessonKey } from '../lesson-key.js';
import { pairName } from '../pair-name.js';
import type { ProgressRecord } from '../progress-record.js';

/** A course that lists the lesson, when the record's own does not. `durationSeconds`: the lesson's length there. */
export interface BetterHome extends LessonKey {
  /** The course that the change names; null when it names none. */
  named: string | null;
  courseId: string;
  durationSeconds: number | null;
}

/** Which records of a batch belong in another course than they are in, or than the change names. */
export class BatchHomes {
  private readonly homes = new Map<string, BetterHome>();

  load(home: BetterHome): void {
    this.homes.set(nameOf(home, home.named), home);
  }

  /** @param named the course that the change names */
  find(key: LessonKey, named: string | null): BetterHome | null {
    return this.homes.get(nameOf(key, named)) ?? null;
  }
}

/** Moves the record home, with all that was watched. False when it is at home. */
export function moveHome(record: ProgressRecord, home: BetterHome | null): boolean {
  if (!home || home.courseId === record.courseId) return false;
  record.courseId = home.courseId;
  record.durationSeconds = home.durationSeconds;
  return true;
}

const nameOf = ({ userId, lessonId }: LessonKey, named: string | null): string =>
  `${pairName(userId, lessonId)} ${named ?? ''}`;
