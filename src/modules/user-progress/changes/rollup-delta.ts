import { pairName } from '../pair-name.js';
import type { ProgressRecord } from '../progress-record.js';
import type { ChangedRecord } from './batch-records.js';

/** By how much records change a rollup. `watchTimeSeconds`: seconds. */
export interface RollupDelta {
  started: number;
  completed: number;
  watchTimeSeconds: number;
}

/** The same, for the rollup of one learner in one course. */
export interface HomeDelta extends RollupDelta {
  userId: string;
  courseId: string;
}

/**
 * The difference between a row and the one it replaces. A deleted row counts as zero. So deleting subtracts the old
 * row, and reviving only adds.
 */
export function rollupDelta(before: ProgressRecord | null, after: ProgressRecord): RollupDelta {
  return sum(counted(after), -1, counted(before));
}

/**
 * The differences by learner and home. A record that moved subtracts its old row from the one course, and adds its new
 * row to the other.
 */
export function rollupDeltas(changed: readonly ChangedRecord[]): HomeDelta[] {
  const deltas = new Map<string, HomeDelta>();
  const add = (sign: 1 | -1, record: ProgressRecord) => {
    const { userId, courseId } = record;
    const name = pairName(userId, courseId);
    const delta = deltas.get(name) ?? { userId, courseId, ...NOTHING };
    deltas.set(name, { ...delta, ...sum(delta, sign, counted(record)) });
  };
  for (const { before, record } of changed) {
    if (before && before.deletedAt === null) add(-1, before);
    add(1, record);
  }
  return [...deltas.values()];
}

const NOTHING: RollupDelta = { started: 0, completed: 0, watchTimeSeconds: 0 };

function counted(record: ProgressRecord | null): RollupDelta {
  if (!record || record.deletedAt !== null) return NOTHING;
  const { completed, watchTimeSeconds } = record;
  return { started: 1, completed: completed ? 1 : 0, watchTimeSeconds };
}

const sum = (one: RollupDelta, sign: 1 | -1, other: RollupDelta): RollupDelta => ({
  started: one.started + sign * other.started,
  completed: one.completed + sign * other.completed,
  watchTimeSeconds: one.watchTimeSeconds + sign * other.watchTimeSeconds,
});
