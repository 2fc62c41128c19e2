import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { LessonKey } from '../lesson-key.js';
import type { ProgressRecord } from '../progress-record.js';
import { addWatchTime } from './sql/add-watch-time.js';

/** PostgreSQL has all learners in one place, so none has to be named. */
const ONE_PLACE = null;

/** Adds plain watch time to records, without a transaction around it. */
@Injectable()
export class WatchTimeProxy {
  constructor(private readonly database: Database) {}

  /**
   * @param sums a record at most once
   * @returns the changed records after it is committed. One that is missing, deleted or full is not among them.
   */
  add(sums: readonly (LessonKey & { seconds: number })[]): Promise<ProgressRecord[]> {
    const recordset = sums.map(({ userId, lessonId, seconds }) => ({
      user_id: userId,
      lesson_id: lessonId,
      seconds,
    }));
    return this.database.commit(addWatchTime, [JSON.stringify(recordset), ONE_PLACE]);
  }
}
