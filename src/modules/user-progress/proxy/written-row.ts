import type { ChangedRecord } from '../changes/batch-records.js';
import { rollupDelta } from '../changes/rollup-delta.js';
import type { ProgressRecord } from '../progress-record.js';
import { RECORD_COLUMNS } from '../record-columns.js';

const SENT = Object.entries(RECORD_COLUMNS)
  .filter(([, { set }]) => set !== 'clock')
  .map(([property, { name }]) => [property as keyof ProgressRecord, name] as const);

/** A row of the recordset for `writeProgress`: the record without its nulls, and its change of the rollup. */
export function toWrittenRow({ record, before }: ChangedRecord): object {
  const delta = rollupDelta(before, record);
  const row: Record<string, unknown> = {
    is_new: before === null,
    started_delta: delta.started,
    completed_delta: delta.completed,
    watch_time_delta: delta.watchTimeSeconds,
  };
  for (const [property, name] of SENT) {
    if (record[property] !== null) row[name] = record[property];
  }
  return row;
}
