import { Injectable } from '@nestjs/common';
import type { CalendarDay } from '../../../../common/calendar-day.js';
import { Database } from '../../../../common/database/database.js';
import type { RowOf } from '../../../../common/database/statement.js';
import { listTaught, type TaughtOrder } from './sql/list-taught.js';
import { readCourses } from './sql/read-courses.js';
import { readSummaries } from './sql/read-summaries.js';
import { readWeeks } from './sql/read-weeks.js';
import { readWorstDropOffs } from './sql/read-worst-drop-offs.js';

export type CourseHead = RowOf<(typeof readCourses)['columns']>;
export type CourseSums = RowOf<(typeof readSummaries)['columns']>;
export type CourseDropOff = RowOf<(typeof readWorstDropOffs)['columns']>;
export type CourseWeek = RowOf<(typeof readWeeks)['columns']>;

/** Where a course is in an order: what it is ordered by, as text, and its id. */
export interface TaughtPosition {
  key: string;
  courseId: string;
}

/** What is kept of several courses. */
@Injectable()
export class CourseSummariesProxy {
  constructor(private readonly database: Database) {}

  /** Up to `limit` courses of the instructor, after the position. */
  taught(
    instructorId: string,
    order: TaughtOrder,
    { limit, after, today }: { limit: number; after: TaughtPosition | null; today: CalendarDay },
  ): Promise<TaughtPosition[]> {
    const values = [instructorId, limit, after?.key ?? null, after?.courseId ?? null];
    if (order === 'atRisk') values.push(today);
    return this.database.query(listTaught(order), values);
  }

  /** The stored ones, in no order. */
  courses(courseIds: readonly string[]): Promise<CourseHead[]> {
    return this.database.query(readCourses, [courseIds]);
  }

  /** All of them, in no order. */
  sums(courseIds: readonly string[], today: CalendarDay): Promise<CourseSums[]> {
    return this.database.query(readSummaries, [courseIds, today]);
  }

  /** By course and week; `first` and `last` are Mondays. */
  weeks(
    courseIds: readonly string[],
    { first, last }: { first: CalendarDay; last: CalendarDay },
  ): Promise<CourseWeek[]> {
    return this.database.query(readWeeks, [courseIds, first, last]);
  }

  /** At most one a course, of lessons that at least so many learners started, in no order. */
  worstDropOffs(
    courseIds: readonly string[],
    today: CalendarDay,
    starters: number,
  ): Promise<CourseDropOff[]> {
    return this.database.query(readWorstDropOffs, [courseIds, today, starters]);
  }
}
