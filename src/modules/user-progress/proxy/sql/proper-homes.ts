import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import { mayBeHome } from './completion.js';

/**
 * Where records belong that are not at home: one row for each record `k` whose course does not list the lesson, although
 * another one does. That is the course which the change names, else one that the learner has begun, else the one with
 * the smallest id. A change may also name a course without a list that has the lesson. A missing record counts as one of
 * the course that is named.
 *
 * Read after the records are locked: a record that another transaction moves meanwhile would be moved again.
 * $1: JSON array of { user_id, lesson_id, course_id: the named course or null, lost_by: a course without a list that has
 * lost the lesson, or null }. $2: the users.
 */
export const properHomes = statement({
  name: 'proper-homes',
  columns: {
    userId: column.varchar,
    lessonId: column.varchar,
    named: column.nullable(column.varchar),
    courseId: column.varchar,
    durationSeconds: column.nullable(column.int4),
  },
  text: `
    SELECT k.user_id AS "userId", k.lesson_id AS "lessonId", k.course_id AS named,
           h.course_id AS "courseId", h.duration_seconds AS "durationSeconds"
    FROM json_to_recordset($1::json) AS k (
      user_id varchar, lesson_id varchar, course_id varchar, lost_by varchar)
    LEFT JOIN LATERAL (
      SELECT r.course_id FROM user_progress r
      WHERE r.user_id = k.user_id AND ${named('r', '$2')}
        AND r.lesson_id = k.lesson_id AND r.deleted_at IS NULL LIMIT 1) u ON true
    CROSS JOIN LATERAL (SELECT coalesce(u.course_id, k.course_id) AS course_id OFFSET 0) present
    CROSS JOIN LATERAL (
      SELECT o.course_id, o.duration_seconds
      FROM (
        SELECT course_id, duration_seconds FROM course_lesson WHERE lesson_id = k.lesson_id
        UNION ALL
        SELECT course_id, duration_seconds FROM unlisted_lesson
        WHERE course_id = k.course_id AND lesson_id = k.lesson_id AND ${mayBeHome('k.course_id', 'k.lesson_id')}
      ) o
      WHERE o.course_id <> present.course_id
      ORDER BY (o.course_id = k.course_id) DESC,
               EXISTS (
                 SELECT FROM course_progress p
                 WHERE p.user_id = k.user_id AND ${named('p', '$2')}
                   AND p.course_id = o.course_id AND p.lessons_started > 0) DESC,
               o.course_id
      LIMIT 1
    ) h
    WHERE present.course_id IS NOT DISTINCT FROM k.lost_by
       OR NOT ${mayBeHome('present.course_id', 'k.lesson_id')}`,
});
