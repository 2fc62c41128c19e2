import type { ProgressRecord } from '../progress-record.js';

/** By how much a changed record changes the rollup of its course. `watchTimeSeconds`: seconds. */
export interface RollupDelta {
  started: number;
  completed: number;
  watchTimeSeconds: number;
}

/**
 * The difference between a row and the one it replaces. A deleted row counts as zero. So deleting subtracts the old
 * row, and reviving only adds, also when the record is in another course then.
 */
export function rollupDelta(before: ProgressRecord | null, after: ProgressRecord): RollupDelta {
  const was = counted(before);
  const is = counted(after);
  return {
    started: is.started - was.started,
    completed: is.completed - was.completed,
    watchTimeSeconds: is.watchTimeSeconds - was.watchTimeSeconds,
  };
}

const NOTHING: RollupDelta = { started: 0, completed: 0, watchTimeSeconds: 0 };

function counted(record: ProgressRecord | null): RollupDelta {
  if (!record || record.deletedAt !== null) return NOTHING;
  const { completed, watchTimeSeconds } = record;
  return { started: 1, completed: completed ? 1 : 0, watchTimeSeconds };
}
