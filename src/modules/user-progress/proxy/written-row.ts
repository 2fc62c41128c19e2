import type { ChangedRecord } from '../changes/batch-records.js';
import { rollupDelta, rollupDeltas } from '../changes/rollup-delta.js';
import type { ProgressRecord } from '../progress-record.js';
import { RECORD_COLUMNS } from '../record-columns.js';

const SENT = Object.entries(RECORD_COLUMNS)
  .filter(([, { set }]) => set !== 'clock')
  .map(([property, { name }]) => [property as keyof ProgressRecord, name] as const);

/** A row of the recordset for `writeProgress`: the record without its nulls, and whether its lesson was completed or reopened. */
export function toWrittenRow({ record, before }: ChangedRecord): object {
  const row: Record<string, unknown> = {
    is_new: before === null,
    completed_delta: rollupDelta(before, record).completed,
  };
  for (const [property, name] of SENT) {
    if (record[property] !== null) row[name] = record[property];
  }
  return row;
}

/** The recordset of differences for `writeProgress`, by learner and home. */
export const writtenDeltas = (changed: readonly ChangedRecord[]): string =>
  JSON.stringify(
    rollupDeltas(changed).map((delta) => ({
      user_id: delta.userId,
      course_id: delta.courseId,
      started: delta.started,
      completed: delta.completed,
      watch_time_seconds: delta.watchTimeSeconds,
    })),
  );
