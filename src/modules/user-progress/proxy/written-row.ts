import type { ChangedRecord } from '../changes/batch-records.js';
import { rollupDelta } from '../changes/rollup-delta.js';

/**
 * A row of the recordset for `writeProgress`: the record, and its change of the rollup. PostgreSQL takes the columns that
 * it knows, by the names that they have here: to rename them costs more than the rest of a row.
 */
export function toWrittenRow({ record, before }: ChangedRecord): object {
  const delta = rollupDelta(before, record);
  return {
    ...record,
    // PostgreSQL's clock sets the first, and the course's structure has the second.
    updatedAt: undefined,
    durationSeconds: undefined,
    is_new: before === null,
    started_delta: delta.started,
    completed_delta: delta.completed,
    watch_time_delta: delta.watchTimeSeconds,
  };
}
