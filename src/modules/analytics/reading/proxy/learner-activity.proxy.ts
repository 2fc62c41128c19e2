import { Injectable } from '@nestjs/common';
import type { CalendarDay } from '../../../../common/calendar-day.js';
import { Database } from '../../../../common/database/database.js';
import type { RowOf } from '../../../../common/database/statement.js';
import { countAtRisk, listAtRisk } from './sql/list-at-risk.js';
import { readLearnerDays } from './sql/read-learner-days.js';

export type LearnerAtRisk = RowOf<(typeof listAtRisk)['columns']>;
export type LearnerDay = RowOf<(typeof readLearnerDays)['columns']>;

/** Learners who were active in a course at least `silentDays` before today, and are not lost. */
export interface Silence {
  courseId: string;
  today: CalendarDay;
  silentDays: number;
}

/** Where a learner is in the list of learners at risk. */
export interface AtRiskPosition {
  lastActiveOn: CalendarDay;
  userId: string;
}

/** What is kept of learners' activity. */
@Injectable()
export class LearnerActivityProxy {
  constructor(private readonly database: Database) {}

  /** Up to `limit` of them after the position, those who were active latest first. */
  atRisk(
    { courseId, today, silentDays }: Silence,
    limit: number,
    after: AtRiskPosition | null,
  ): Promise<LearnerAtRisk[]> {
    const position = [after?.lastActiveOn ?? null, after?.userId ?? null];
    return this.database.query(listAtRisk, [courseId, today, silentDays, limit, ...position]);
  }

  async countAtRisk({ courseId, today, silentDays }: Silence): Promise<number> {
    const [row] = await this.database.query(countAtRisk, [courseId, today, silentDays]);
    return row!.learners;
  }

  /** All days on which the learner was active, in order. */
  days(userId: string): Promise<LearnerDay[]> {
    return this.database.query(readLearnerDays, [userId]);
  }
}
