import { column, statement } from '../../../../common/database/statement.js';
import { mayBeHome } from './completion.js';

/** The smallest id: every record comes after it. */
export const BEFORE_ALL_RECORDS = '00000000-0000-0000-0000-000000000000';

/**
 * The next $4 live records of the unreconciled lessons of course $1, after record $3 of lesson $2, in the order of lesson
 * and record; all of one lesson. `misplaced`: another course should be its home. `lacksRollup`: it is completed, and a
 * course that lists the lesson has no rollup for the learner.
 */
export const unreconciledRecords = statement({
  name: 'unreconciled-records',
  columns: {
    id: column.uuid,
    userId: column.varchar,
    lessonId: column.varchar,
    completed: column.bool,
    uniqueSeconds: column.int4,
    seenSince: column.nullable(column.multirange),
    durationSeconds: column.nullable(column.int4),
    misplaced: column.bool,
    lacksRollup: column.bool,
  },
  text: `
    WITH lesson AS MATERIALIZED (
      SELECT s.lesson_id, s.after_id
      FROM (
        SELECT lesson_id,
               CASE WHEN lesson_id = $2 THEN $3::uuid ELSE '${BEFORE_ALL_RECORDS}'::uuid END AS after_id
        FROM unreconciled_lesson
        WHERE course_id = $1 AND lesson_id >= $2
      ) s
      CROSS JOIN LATERAL (
        SELECT FROM user_progress
        WHERE lesson_id = s.lesson_id AND id > s.after_id AND deleted_at IS NULL
        ORDER BY id LIMIT 1) has_more
      ORDER BY s.lesson_id
      LIMIT 1
    )
    SELECT u.id, u.user_id AS "userId", u.lesson_id AS "lessonId", u.completed,
           u.unique_seconds AS "uniqueSeconds", u.seen_since AS "seenSince",
           h.duration_seconds AS "durationSeconds",
           NOT ${mayBeHome('u.course_id', 'u.lesson_id')}
             AND EXISTS (SELECT FROM course_lesson o WHERE o.lesson_id = u.lesson_id) AS misplaced,
           u.completed AND EXISTS (
             SELECT FROM course_lesson o
             WHERE o.lesson_id = u.lesson_id AND NOT EXISTS (
               SELECT FROM course_progress p WHERE p.user_id = u.user_id AND p.course_id = o.course_id)
           ) AS "lacksRollup"
    FROM lesson s
    CROSS JOIN LATERAL (
      SELECT * FROM user_progress
      WHERE lesson_id = s.lesson_id AND id > s.after_id AND deleted_at IS NULL
      ORDER BY id LIMIT $4) u
    LEFT JOIN LATERAL (
      SELECT duration_seconds FROM course_lesson WHERE course_id = u.course_id AND lesson_id = u.lesson_id
      UNION ALL
      SELECT duration_seconds FROM unlisted_lesson WHERE course_id = u.course_id AND lesson_id = u.lesson_id
      LIMIT 1) h ON true
    ORDER BY u.id`,
});

/** The live records of learners in courses that belong in another course. $1: JSON array of { user_id, course_id }. */
export const misplacedRecords = statement({
  name: 'misplaced-records',
  columns: { userId: column.varchar, lessonId: column.varchar },
  text: `
    SELECT k.user_id AS "userId", u.lesson_id AS "lessonId"
    FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    CROSS JOIN LATERAL (
      SELECT course_id, lesson_id FROM user_progress
      WHERE user_id = k.user_id AND course_id = k.course_id AND deleted_at IS NULL OFFSET 0) u
    WHERE NOT ${mayBeHome('u.course_id', 'u.lesson_id')}
      AND EXISTS (SELECT FROM course_lesson o WHERE o.lesson_id = u.lesson_id)`,
});

/** Which courses list the lessons $1. */
export const listingCourses = statement({
  name: 'listing-courses',
  columns: { lessonId: column.varchar, courseId: column.varchar },
  text: `
    SELECT lesson_id AS "lessonId", course_id AS "courseId" FROM course_lesson WHERE lesson_id = ANY ($1::varchar[])`,
});

/**
 * Lessons of course $1 are reconciled: a walk over their records is over. It began at $2, more than $3 seconds after every
 * transaction knew of their changes. A lesson that changed later stays.
 */
export const forgetReconciledLessons = statement({
  name: 'forget-reconciled-lessons',
  columns: { lessonId: column.varchar },
  text: `
    DELETE FROM unreconciled_lesson
    WHERE course_id = $1 AND known_at + make_interval(secs => $3) <= $2::timestamptz
    RETURNING lesson_id AS "lessonId"`,
});
