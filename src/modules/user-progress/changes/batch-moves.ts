import { analyticsMoves } from '../../analytics/journal/analytics-move.js';
import type { LessonMove } from '../../analytics/journal/move.js';
import type { ChangedRecord } from './batch-records.js';
import type { BatchState } from './batch-state.js';

/**
 * By how much changed records of the batch move the figures of analytics. A record that the batch deleted is followed
 * through that: what its former life gave to past days stays, and a revived record is a new one.
 */
export function batchMoves(
  changed: readonly ChangedRecord[],
  { activity, now }: Pick<BatchState, 'activity' | 'now'>,
): LessonMove[] {
  return changed.flatMap(({ before, ends, record }) => {
    const states = [before, ...ends];
    const former = states
      .slice(1)
      .flatMap((after, index) => analyticsMoves(states[index]!, after!, [], now));
    const moves = analyticsMoves(states.at(-1)!, record, activity.of(record), now);
    return former.length > 0 ? [...former, ...moves] : moves;
  });
}
