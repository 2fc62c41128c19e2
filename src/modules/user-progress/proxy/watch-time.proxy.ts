import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import type { LessonKey } from '../lesson-key.js';
import type { ProgressRecord } from '../progress-record.js';
import { addWatchTime } from './sql/add-watch-time.js';
import { addWatchTimeAlone } from './sql/add-watch-time-alone.js';

/** Adds plain watch time to records, without a transaction around it. */
@Injectable()
export class WatchTimeProxy {
  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
  ) {}

  /**
   * @param sums a record at most once; all of learners who have one place
   * @returns the changed records after it is committed. One that is missing, deleted or full is not among them.
   */
  add(sums: readonly (LessonKey & { seconds: number })[]): Promise<ProgressRecord[]> {
    const [alone] = sums;
    if (alone && sums.length === 1) {
      return this.database.commit(addWatchTimeAlone, [alone.userId, alone.lessonId, alone.seconds]);
    }
    const recordset = sums.map(({ userId, lessonId, seconds }) => ({
      user_id: userId,
      lesson_id: lessonId,
      seconds,
    }));
    return this.database.commit(addWatchTime, [
      JSON.stringify(recordset),
      this.placement.name(sums),
    ]);
  }
}
