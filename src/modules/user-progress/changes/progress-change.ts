import type { Beat, BeatOutcome } from '../evidence/credit-beat.js';
import type { ProgressRecord } from '../progress-record.js';

/** Every change names the row that it is about. */
interface Target {
  userId: string;
  lessonId: string;
}

export interface CreateChange extends Target {
  kind: 'create';
  courseId: string;
  completed: boolean;
  watchTimeSeconds: number;
  durationSeconds: number | null;
}

/** Sets what is given. With `id`, the row must be that record. */
export interface SetChange extends Target {
  kind: 'set';
  id?: string;
  completed?: boolean;
  watchTimeSeconds?: number;
}

export interface AddWatchTimeChange extends Target {
  kind: 'addWatchTime';
  seconds: number;
  idempotencyKey?: string;
}

export interface DeleteChange extends Target {
  kind: 'delete';
  id: string;
}

export interface RecordWatchChange extends Target {
  kind: 'recordWatch';
  courseId: string;
  sessionId: string;
  beats: Beat[];
  /** Given once the lesson was validated: then a missing record is created. */
  create?: { durationSeconds: number | null };
}

export type ProgressChange =
  CreateChange | SetChange | AddWatchTimeChange | DeleteChange | RecordWatchChange;

/** Whether the change begins a record where there is none. */
export const mayBegin = (change: ProgressChange): boolean =>
  change.kind === 'create' || (change.kind === 'recordWatch' && change.create !== undefined);

/** The record as it is after the change. */
export interface ChangeOutcome {
  record: ProgressRecord;
  beats?: BeatOutcome[];
}
