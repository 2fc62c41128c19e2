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
    SELECT c.course_id AS "courseId", w.week::date::text AS week, coalesce(a.enrolled, 0) AS enrolled,
           coalesce(a.watch_seconds, 0)::float8 AS "watchSeconds"
    FROM unnest($1::varchar[]) AS c (course_id)
    CROSS JOIN generate_series($2::date, $3::date, interval '7 days') AS w (week)
    LEFT JOIN (
      SELECT course_id, week, enrolled, watch_seconds FROM analytics_week
      WHERE course_id = ANY ($1) AND week BETWEEN $2::date AND $3::date) a
      ON a.course_id = c.course_id AND a.week = w.week::date
    ORDER BY c.course_id, w.week`,
});
