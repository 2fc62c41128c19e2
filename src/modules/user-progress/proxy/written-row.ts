import type { ChangedRecord } from '../changes/batch-records.js';
import { rollupDelta, rollupDeltas } from '../changes/rollup-delta.js';
import type { ProgressRecord } from '../progress-record.js';
import { RECORD_COLUMNS, type RecordColumn } from '../record-columns.js';

const SENT = Object.entries<RecordColumn<unknown>>(RECORD_COLUMNS)
  .filter(([, { set }]) => set !== 'clock')
  .map(([property, { name, large }]) => ({
    property: property as keyof ProgressRecord,
    name,
    isLarge: large === true,
  }));

/**
 * A row of the recordset for `writeProgress`: the record without its nulls, and without large values that did not
 * change; and whether its lesson was completed or reopened.
 */
export function toWrittenRow({ record, before }: ChangedRecord): object {
  const row: Record<string, unknown> = {
    is_new: before === null,
    completed_delta: rollupDelta(before, record).completed,
  };
  for (const { property, name, isLarge } of SENT) {
    const value = record[property];
    if (value === null || (isLarge && value === before?.[property])) continue;
    row[name] = value;
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
