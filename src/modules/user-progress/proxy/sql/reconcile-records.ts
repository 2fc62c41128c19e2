import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import { mayBeHome } from './completion.js';

/** The smallest id: every record comes after it. */
export const BEFORE_ALL_RECORDS = '00000000-0000-0000-0000-000000000000';

/** The unreconciled lessons of course $1 from lesson $2 on, in their order. */
export const unreconciledLessons = statement({
  name: 'unreconciled-lessons',
  columns: { lessonId: column.varchar },
  text: `
    SELECT lesson_id AS "lessonId" FROM unreconciled_lesson
    WHERE course_id = $1 AND lesson_id >= $2 ORDER BY lesson_id`,
});

/** The next $3 live records of lesson $1 after record $2. `misplaced`: another course should be its home. */
export const recordsOfLesson = statement({
  name: 'records-of-lesson',
  columns: {
    id: column.uuid,
    userId: column.varchar,
    lessonId: column.varchar,
    completed: column.bool,
    uniqueSeconds: column.int4,
    seenSince: column.nullable(column.multirange),
    durationSeconds: column.nullable(column.int4),
    misplaced: column.bool,
  },
  text: `
    WITH u AS MATERIALIZED (
      SELECT id, user_id, lesson_id, course_id, completed, unique_seconds, seen_since
      FROM user_progress
      WHERE lesson_id = $1 AND id > $2::uuid AND deleted_at IS NULL
      ORDER BY id LIMIT $3
    )
    SELECT u.id, u.user_id AS "userId", u.lesson_id AS "lessonId", u.completed,
           u.unique_seconds AS "uniqueSeconds", u.seen_since AS "seenSince",
           h.duration_seconds AS "durationSeconds",
           NOT ${mayBeHome('u.course_id', 'u.lesson_id')}
             AND EXISTS (SELECT FROM course_lesson o WHERE o.lesson_id = u.lesson_id) AS misplaced
    FROM u
    LEFT JOIN LATERAL (
      SELECT duration_seconds FROM course_lesson WHERE course_id = u.course_id AND lesson_id = u.lesson_id
      UNION ALL
      SELECT duration_seconds FROM unlisted_lesson WHERE course_id = u.course_id AND lesson_id = u.lesson_id
      LIMIT 1) h ON true
    ORDER BY u.id`,
});

/** Those of learners $1 who have no rollup in a course that lists lesson $2. $3: the learners' names. */
export const withoutRollup = statement({
  name: 'without-rollup',
  columns: { userId: column.varchar },
  text: `
    SELECT k.user_id AS "userId"
    FROM unnest($1::varchar[]) AS k (user_id)
    WHERE EXISTS (
      SELECT FROM course_lesson o
      WHERE o.lesson_id = $2 AND NOT EXISTS (
        SELECT FROM course_progress p
        WHERE p.user_id = k.user_id AND ${named('p', '$3')} AND p.course_id = o.course_id))`,
});

/** The live records of learners in courses that belong in another course. $1: JSON array of { user_id,
 * course_id }, $2: their users. */
export const misplacedRecords = statement({
  name: 'misplaced-records',
  columns: { userId: column.varchar, lessonId: column.varchar },
  text: `
    SELECT k.user_id AS "userId", u.lesson_id AS "lessonId"
    FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    CROSS JOIN LATERAL (
      SELECT r.course_id, r.lesson_id FROM user_progress r
      WHERE r.user_id = k.user_id AND ${named('r', '$2')}
        AND r.course_id = k.course_id AND r.deleted_at IS NULL OFFSET 0) u
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
