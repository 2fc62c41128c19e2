import type { BatchState } from '../changes/batch-state.js';
import { isOnlyWatched } from '../changes/only-watched.js';

/**
 * True when the write's result cannot change what we do next: every changed row was locked before, and no lesson was
 * started, completed, reopened or moved. Then no other process can have inserted one of our rows first, and no course can have
 * become complete: COMMIT may be sent before the write is answered.
 */
export function canCommitUnread({ records, evidence, results }: BatchState): boolean {
  return (
    records.changed().every(isOnlyWatched) &&
    !evidence.changedSessions().some(({ isNew }) => isNew) &&
    !evidence.changedHours().some(({ isNew }) => isNew) &&
    results.added().length === 0
  );
}
