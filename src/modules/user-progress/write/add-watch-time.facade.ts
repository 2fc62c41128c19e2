import { Injectable } from '@nestjs/common';
import type { AddWatchTimeChange, ChangeOutcome } from '../changes/progress-change.js';
import type { LessonKey } from '../lesson-key.js';
import { pairName } from '../pair-name.js';
import { WatchTimeProxy } from '../proxy/watch-time.proxy.js';

/** Plain watch time: the frequent change that needs no rule, by one statement for the whole batch. */
@Injectable()
export class AddWatchTimeFacade {
  constructor(private readonly proxy: WatchTimeProxy) {}

  /**
   * Adds each change's seconds, and commits. @returns the outcomes in the order of the changes; null for a change that
   * was not made, because its record is missing, deleted or full: `applyChange` then finds the right error.
   */
  async commit(changes: readonly AddWatchTimeChange[]): Promise<(ChangeOutcome | null)[]> {
    const records = await this.proxy.add(sumsOf(changes));
    const after = new Map(
      records.map((record) => [pairName(record.userId, record.lessonId), record]),
    );
    // Each outcome is the record as it was right after its own change, so begin with the last.
    return changes
      .toReversed()
      .map(({ userId, lessonId, seconds }): ChangeOutcome | null => {
        const name = pairName(userId, lessonId);
        const record = after.get(name);
        if (!record) return null;
        after.set(name, { ...record, watchTimeSeconds: record.watchTimeSeconds - seconds });
        return { record };
      })
      .reverse();
  }
}

function sumsOf(changes: readonly AddWatchTimeChange[]): (LessonKey & { seconds: number })[] {
  const sums = new Map<string, LessonKey & { seconds: number }>();
  for (const { userId, lessonId, seconds } of changes) {
    const name = pairName(userId, lessonId);
    const sum = sums.get(name);
    if (sum) sum.seconds += seconds;
    else sums.set(name, { userId, lessonId, seconds });
  }
  return [...sums.values()];
}
