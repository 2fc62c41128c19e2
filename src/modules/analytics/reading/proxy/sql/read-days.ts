import { column, statement } from '../../../../../common/database/statement.js';

/**
 * The days $2 to $3 of course $1 (empty: the platform), in order, each of them. The numbers of learners who were active in
 * the last 7 and 30 days are running sums of their edges.
 */
export const readDays = statement({
  name: 'read-analytics-days',
  columns: {
    day: column.text,
    enrolled: column.int4,
    active: column.int4,
    watchSeconds: column.float8,
    lessonsCompleted: column.int4,
    coursesCompleted: column.int4,
    certificates: column.int4,
    weeklyActive: column.int4,
    monthlyActive: column.int4,
  },
  text: `
    SELECT d.day::date::text AS day,
           coalesce(a.enrolled, 0) AS enrolled,
           coalesce(a.active, 0) AS active,
           coalesce(a.watch_seconds, 0)::float8 AS "watchSeconds",
           coalesce(a.lessons_completed, 0) AS "lessonsCompleted",
           coalesce(a.courses_completed, 0) AS "coursesCompleted",
           coalesce(a.certificates, 0) AS certificates,
           (before.wau + coalesce(sum(a.wau_edge) OVER running, 0))::int AS "weeklyActive",
           (before.mau + coalesce(sum(a.mau_edge) OVER running, 0))::int AS "monthlyActive"
    FROM generate_series($2::date, $3::date, interval '1 day') AS d (day)
    LEFT JOIN analytics_day a ON a.course_id = $1 AND a.day = d.day::date
    CROSS JOIN (
      SELECT coalesce(sum(wau_edge), 0) AS wau, coalesce(sum(mau_edge), 0) AS mau
      FROM analytics_day WHERE course_id = $1 AND day < $2::date) before
    WINDOW running AS (ORDER BY d.day)
    ORDER BY d.day`,
});
