import { column, statement } from '../../../../../common/database/statement.js';

/**
 * A learner's days in courses after a position, which is a day and, behind a space, a course. $1: user id, $2: position,
 * $3: how many
 */
export const exportDays = statement({
  name: 'export-days',
  columns: {
    position: column.text,
    day: column.text,
    courseId: column.varchar,
    seconds: column.float8,
    lessons_completed: column.int4,
    last_at: column.nullable(column.timestamptz),
    last_lesson_id: column.nullable(column.varchar),
  },
  text: `
    SELECT day::text || ' ' || course_id AS position, day::text AS day, course_id AS "courseId",
           seconds::float8 AS seconds, lessons_completed, last_at, last_lesson_id
    FROM learner_day
    WHERE user_id = $1 AND (day, course_id) > (left($2, 10)::date, substr($2, 12))
    ORDER BY learner_day.day, course_id LIMIT $3`,
});
