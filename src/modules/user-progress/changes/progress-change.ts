import type { Beat, BeatOutcome } from '../evidence/credit-beat.js';
import type { LessonKey } from '../lesson-key.js';
import type { ProgressRecord } from '../progress-record.js';

/** Every change names its record by learner and lesson. */
export interface CreateChange extends LessonKey {
  kind: 'create';
  courseId: string;
  completed: boolean;
  watchTimeSeconds: number;
  durationSeconds: number | null;
}

/** Sets the given values. With `id`, the row must have that id. */
export interface SetChange extends LessonKey {
  kind: 'set';
  id?: string;
  completed?: boolean;
  watchTimeSeconds?: number;
}

export interface AddWatchTimeChange extends LessonKey {
  kind: 'addWatchTime';
  seconds: number;
  idempotencyKey?: string;
}

export interface DeleteChange extends LessonKey {
  kind: 'delete';
  id: string;
}

export interface RecordWatchChange extends LessonKey {
  kind: 'recordWatch';
  courseId: string;
  sessionId: string;
  beats: Beat[];
  /** Set after the lesson was validated: then a missing record is created. */
  create?: { durationSeconds: number | null };
  /**
   * Set when the course has the lesson, or had it: then the beats count wherever the record is. `lostBy`: a course
   * without a list that no longer has the lesson, so that the record may leave it.
   */
  elsewhere?: { lostBy: string | null };
}

/** Brings the record home, and completes it if what was seen suffices by the lesson's present length. */
export interface ReconcileChange extends LessonKey {
  kind: 'reconcile';
}

export type ProgressChange =
  | CreateChange
  | SetChange
  | AddWatchTimeChange
  | DeleteChange
  | RecordWatchChange
  | ReconcileChange;

export const isRecordWatch = (change: ProgressChange): change is RecordWatchChange =>
  change.kind === 'recordWatch';

/** Whether the change may create a record. */
export const mayBegin = (change: ProgressChange): boolean =>
  change.kind === 'create' || (change.kind === 'recordWatch' && change.create !== undefined);

/** Whether the change may bring its record home, or begin one. */
export const mayReconcile = (
  change: ProgressChange,
): change is CreateChange | RecordWatchChange | ReconcileChange =>
  change.kind === 'reconcile' ||
  change.kind === 'create' ||
  (change.kind === 'recordWatch' && (change.create ?? change.elsewhere) !== undefined);

export interface ChangeOutcome {
  /** The record after the change. After beats of which none counted it may be one that is not stored. */
  record: ProgressRecord;
  beats?: BeatOutcome[];
  /** The time that the beats were compared with. */
  judgedAt?: Date;
}
