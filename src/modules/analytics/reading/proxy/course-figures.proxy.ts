import { Injectable } from '@nestjs/common';
import type { CalendarDay } from '../../../../common/calendar-day.js';
import { Database } from '../../../../common/database/database.js';
import type { RowOf } from '../../../../common/database/statement.js';
import type { EnrolledWeek } from '../figures/cohorts.js';
import type { Boundaries } from '../figures/counts-by-second.js';
import { periodSums } from '../figures/period-sums.js';
import type { Period } from '../figures/period.js';
import type { DaysToComplete } from '../figures/time-to-complete.js';
import { readBoundaries } from './sql/read-boundaries.js';
import { readCourseTotals } from './sql/read-course-totals.js';
import { readDays } from './sql/read-days.js';
import { readDaysToComplete } from './sql/read-days-to-complete.js';
import { readEnrolledWeeks } from './sql/read-enrolled-weeks.js';
import { readLessons } from './sql/read-lessons.js';
import { readLastWatched, readTopCourses } from './sql/read-top-courses.js';

export type CourseTotals = RowOf<(typeof readCourseTotals)['columns']>;
export type AnalysedDay = RowOf<(typeof readDays)['columns']>;
export type AnalysedLesson = RowOf<(typeof readLessons)['columns']>;
export type TopCourse = RowOf<(typeof readTopCourses)['columns']>;

/** The course whose figures are those of the whole platform. */
const PLATFORM = '';

/** What is kept of a course, or of the platform. */
@Injectable()
export class CourseFiguresProxy {
  constructor(private readonly database: Database) {}

  async totals(courseId: string, today: CalendarDay): Promise<CourseTotals> {
    const [row] = await this.database.query(readCourseTotals, [courseId, today]);
    return row!;
  }

  /** Each day of the period, in order. */
  days(courseId: string, { from, to }: Period): Promise<AnalysedDay[]> {
    return this.database.query(readDays, [courseId, from, to]);
  }

  platformDays(period: Period): Promise<AnalysedDay[]> {
    return this.days(PLATFORM, period);
  }

  /** In the order of days. */
  daysToComplete(courseId: string): Promise<DaysToComplete[]> {
    return this.database.query(readDaysToComplete, [courseId]);
  }

  /** All weeks in which somebody enrolled, in order. */
  enrolledWeeks(courseId: string): Promise<EnrolledWeek[]> {
    return this.database.query(readEnrolledWeeks, [courseId]);
  }

  lessons(courseId: string, today: CalendarDay): Promise<AnalysedLesson[]> {
    return this.database.query(readLessons, [courseId, today, null]);
  }

  async lesson(
    { courseId, lessonId }: { courseId: string; lessonId: string },
    today: CalendarDay,
  ): Promise<AnalysedLesson | null> {
    const rows = await this.database.query(readLessons, [courseId, today, lessonId]);
    return rows[0] ?? null;
  }

  /** Those of the first so many seconds. */
  async boundaries(
    { courseId, lessonId }: { courseId: string; lessonId: string },
    firstSeconds: number,
  ): Promise<Boundaries> {
    const [row] = await this.database.query(readBoundaries, [courseId, lessonId, firstSeconds]);
    return row!;
  }

  /** Those that were watched most, most first. */
  async topCourses(period: Period, limit: number): Promise<TopCourse[]> {
    const [last] = await this.database.query(readLastWatched, []);
    const sums = periodSums(period, last!.day);
    return this.database.query(readTopCourses, [
      ...[period.from, period.to, limit],
      sums.map(({ unit }) => unit),
      sums.map(({ first }) => first),
      sums.map(({ sign }) => sign),
    ]);
  }
}
