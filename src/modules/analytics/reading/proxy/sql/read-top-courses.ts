import { column, statement } from '../../../../../common/database/statement.js';
import type { PeriodSum } from '../../figures/period-sums.js';

/** What is watched of courses in one unit; the sums are found by their first day, whatever the planner thinks. */
const sumsOf = (unit: PeriodSum['unit']): string => `
        SELECT s.course_id, p.sign * s.watch_seconds AS watch_seconds
        FROM unnest($4::text[], $5::date[], $6::int[]) AS p (unit, first, sign)
        CROSS JOIN LATERAL (
          SELECT course_id, watch_seconds FROM analytics_${unit} WHERE ${unit} = p.first AND course_id <> '' OFFSET 0) s
        WHERE p.unit = '${unit}'`;

/** Whole weeks of the period: their first Monday, and the Monday after them; beside them are some days. */
const WEEKS_BEGIN = `date_trunc('week', ($1::date + 6)::timestamp)::date`;
const WEEKS_END = `date_trunc('week', ($2::date + 1)::timestamp)::date`;

/**
 * The $3 courses in which most was watched on the days $1 to $2, which are made up of sums: their units $4, first days $5
 * and signs $6 (`periodSums`). So a course has some rows for any period, not one for each day.
 */
export const readTopCourses = statement({
  name: 'read-top-courses',
  columns: {
    courseId: column.varchar,
    title: column.nullable(column.text),
    watchSeconds: column.float8,
    enrolled: column.int4,
    coursesCompleted: column.int4,
  },
  text: `
    SELECT a.course_id AS "courseId", c.title, a.watch_seconds AS "watchSeconds", d.enrolled,
           d.courses_completed AS "coursesCompleted"
    FROM (
      SELECT course_id, sum(watch_seconds)::float8 AS watch_seconds
      FROM (${(['quarter', 'month', 'week', 'day'] as const).map(sumsOf).join('\n        UNION ALL')}) parts
      GROUP BY course_id HAVING sum(watch_seconds) > 0
      ORDER BY sum(watch_seconds) DESC, course_id
      LIMIT $3) a
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(enrolled), 0)::int AS enrolled, coalesce(sum(courses_completed), 0)::int AS courses_completed
      FROM (
        SELECT enrolled, courses_completed FROM analytics_week
        WHERE course_id = a.course_id AND week >= ${WEEKS_BEGIN} AND week < ${WEEKS_END}
        UNION ALL
        SELECT enrolled, courses_completed FROM analytics_day
        WHERE course_id = a.course_id AND day >= $1::date AND day < least(${WEEKS_BEGIN}, $2::date + 1)
        UNION ALL
        SELECT enrolled, courses_completed FROM analytics_day
        WHERE course_id = a.course_id AND day >= greatest(${WEEKS_BEGIN}, ${WEEKS_END}) AND day <= $2::date) parts) d
    LEFT JOIN course c ON c.course_id = a.course_id
    ORDER BY a.watch_seconds DESC, a.course_id`,
});

/** The last day on which anything was watched on the platform. One row. */
export const readLastWatched = statement({
  name: 'read-last-watched',
  columns: { day: column.nullable(column.text) },
  text: `SELECT max(day)::text AS day FROM analytics_day WHERE course_id = '' AND watch_seconds > 0`,
});
