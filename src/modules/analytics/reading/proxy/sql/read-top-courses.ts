import { column, statement } from '../../../../../common/database/statement.js';

/** The first day of a month that is nearest to a day; both are SQL. */
const nearestMonth = (day: string): string => `date_trunc('month', (${day} + 15)::timestamp)::date`;

/** The period begins with this day, and ends before that one. */
const BEGIN = '$1::date';
const END = '($2::date + 1)';

/** What was watched on the days between two days, less than a month apart: to be added if they are in order, else taken away. */
const daysBetween = (one: string, other: string): string => `
        SELECT course_id, CASE WHEN ${one} < ${other} THEN watch_seconds ELSE -watch_seconds END
        FROM analytics_day
        WHERE day >= least(${one}, ${other}) AND day < greatest(${one}, ${other}) AND course_id <> ''`;

/**
 * The $3 courses in which most was watched on the days $1 to $2. Months are summed up already; the period begins and ends
 * at most half a month beside one. So a course has some rows for any period, not one for each day.
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
      FROM (
        SELECT course_id, watch_seconds FROM analytics_month
        WHERE month >= ${nearestMonth(BEGIN)} AND month < ${nearestMonth(END)}
        UNION ALL ${daysBetween(BEGIN, nearestMonth(BEGIN))}
        UNION ALL ${daysBetween(nearestMonth(END), END)}) parts
      GROUP BY course_id HAVING sum(watch_seconds) > 0
      ORDER BY sum(watch_seconds) DESC, course_id
      LIMIT $3) a
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(enrolled), 0)::int AS enrolled, coalesce(sum(courses_completed), 0)::int AS courses_completed
      FROM analytics_day WHERE course_id = a.course_id AND day BETWEEN $1::date AND $2::date) d
    LEFT JOIN course c ON c.course_id = a.course_id
    ORDER BY a.watch_seconds DESC, a.course_id`,
});
