import { column, statement } from '../../../../../common/database/statement.js';

/** The $3 courses in which most was watched on the days $1 to $2. */
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
    SELECT a.course_id AS "courseId", c.title, a.watch_seconds AS "watchSeconds", a.enrolled,
           a.courses_completed AS "coursesCompleted"
    FROM (
      SELECT course_id, sum(watch_seconds)::float8 AS watch_seconds, sum(enrolled)::int AS enrolled,
             sum(courses_completed)::int AS courses_completed
      FROM analytics_day
      WHERE day BETWEEN $1::date AND $2::date AND course_id <> ''
      GROUP BY course_id HAVING sum(watch_seconds) > 0
      ORDER BY sum(watch_seconds) DESC, course_id
      LIMIT $3) a
    LEFT JOIN course c ON c.course_id = a.course_id
    ORDER BY a.watch_seconds DESC, a.course_id`,
});
