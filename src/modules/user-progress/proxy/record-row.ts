import { rollupDelta } from '../changes/rollup-delta.js';
import type { ProgressRecord } from '../progress-record.js';

/** A row as `RECORD_COLUMNS` selects it. */
export interface RecordRow {
  id: string;
  user_id: string;
  lesson_id: string;
  course_id: string;
  completed: boolean;
  completed_at: Date | null;
  watch_time_seconds: number;
  position_seconds: number;
  position_at: Date | null;
  watched: string;
  unique_seconds: number;
  rewatched_seconds: number;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
  duration_seconds: number | null;
}

export function toRecord(row: RecordRow): ProgressRecord {
  return {
    id: row.id,
    userId: row.user_id,
    lessonId: row.lesson_id,
    courseId: row.course_id,
    completed: row.completed,
    completedAt: row.completed_at,
    watchTimeSeconds: row.watch_time_seconds,
    positionSeconds: row.position_seconds,
    positionAt: row.position_at,
    watched: row.watched,
    uniqueSeconds: row.unique_seconds,
    rewatchedSeconds: row.rewatched_seconds,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    durationSeconds: row.duration_seconds,
  };
}

/** A row as `writeProgress` takes it, with what it does to the rollup. */
export function toWrittenRow(record: ProgressRecord, before: ProgressRecord | null): object {
  const move = rollupDelta(before, record);
  return {
    id: record.id,
    user_id: record.userId,
    lesson_id: record.lessonId,
    course_id: record.courseId,
    completed: record.completed,
    completed_at: record.completedAt,
    watch_time_seconds: record.watchTimeSeconds,
    position_seconds: record.positionSeconds,
    position_at: record.positionAt,
    watched: record.watched,
    unique_seconds: record.uniqueSeconds,
    rewatched_seconds: record.rewatchedSeconds,
    created_at: record.createdAt,
    deleted_at: record.deletedAt,
    is_new: before === null,
    started_delta: move.started,
    completed_delta: move.completed,
    watch_time_delta: move.watchTimeSeconds,
  };
}
