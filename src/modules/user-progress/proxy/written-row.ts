import type { ChangedRecord } from '../changes/batch-records.js';
import { rollupDelta } from '../changes/rollup-delta.js';
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
 * change; and its change of the rollup.
 */
export function toWrittenRow({ record, before }: ChangedRecord): object {
  const delta = rollupDelta(before, record);
  const row: Record<string, unknown> = {
    is_new: before === null,
    started_delta: delta.started,
    completed_delta: delta.completed,
    watch_time_delta: delta.watchTimeSeconds,
  };
  for (const { property, name, isLarge } of SENT) {
    const value = record[property];
    if (value === null || (isLarge && value === before?.[property])) continue;
    row[name] = value;
  }
  return row;
}
