import { column, statement } from '../../../../../common/database/statement.js';

/** The weeks of courses $1 whose Mondays are $2, …, $3, by course and week. */
export const readWeeks = statement({
  name: 'read-course-weeks',
  columns: {
    courseId: column.varchar,
    week: column.text,
    enrolled: column.int4,
    watchSeconds: column.float8,
  },
  text: `
    SELECT c.course_id AS "courseId", w.week::date::text AS week, days.enrolled, days.watch_seconds AS "watchSeconds"
    FROM unnest($1::varchar[]) AS c (course_id)
    CROSS JOIN generate_series($2::date, $3::date, interval '7 days') AS w (week)
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(enrolled), 0)::int AS enrolled,
             coalesce(sum(watch_seconds), 0)::float8 AS watch_seconds
      FROM analytics_day a
      WHERE a.course_id = c.course_id AND a.day BETWEEN w.week::date AND w.week::date + 6) days
    ORDER BY c.course_id, w.week`,
});
