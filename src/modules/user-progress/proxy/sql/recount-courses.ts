import type { Statement } from '../../../../common/database/database.js';
import { requestCertificates } from '../../../certificates/proxy/sql/request-certificates.js';
import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { TOPICS } from '../../../outbox/topics.js';

/** Locks rollups in (user, course) order, before they are recounted. $1: JSON array of { user_id, course_id }. */
export const lockRollups: Statement = {
  name: 'lock_rollups',
  text: `
    SELECT p.user_id
    FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    JOIN course_progress p ON p.user_id = k.user_id AND p.course_id = k.course_id
    ORDER BY p.user_id, p.course_id
    FOR NO KEY UPDATE OF p`,
};

/**
 * Counts rollups anew against the course's present structure, and completes those that are complete by it.
 * The rollups must be locked by an earlier statement of the same transaction: whoever changes a record moves its
 * rollup, so this statement's snapshot then holds everything that was ever committed to them.
 * $1: JSON array of { user_id, course_id }.
 */
export const recountCourses: Statement = {
  name: 'recount_courses',
  text: `
    WITH pair AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    ),
    counted AS MATERIALIZED (
      SELECT k.user_id, k.course_id, c.structure_version, c.lessons_total,
             count(u.id) FILTER (WHERE NOT c.lessons_listed OR l.lesson_id IS NOT NULL)::int AS listed
      FROM pair k
      JOIN course c ON c.course_id = k.course_id
      LEFT JOIN user_progress u
        ON u.user_id = k.user_id AND u.course_id = k.course_id AND u.deleted_at IS NULL AND u.completed
      LEFT JOIN course_lesson l ON l.course_id = u.course_id AND l.lesson_id = u.lesson_id
      GROUP BY k.user_id, k.course_id, c.structure_version, c.lessons_total
    ),
    recounted AS (
      UPDATE course_progress p
      SET listed_completed = n.listed, lessons_total = n.lessons_total,
          structure_version = n.structure_version,
          completed_at = CASE
            WHEN p.completed_at IS NULL AND n.lessons_total > 0 AND n.listed >= n.lessons_total
            THEN transaction_timestamp() ELSE p.completed_at END
      FROM counted n
      WHERE p.user_id = n.user_id AND p.course_id = n.course_id
      RETURNING p.user_id, p.course_id, p.completed_at
    ),
    completed_courses AS (
      SELECT user_id, course_id FROM recounted WHERE completed_at = transaction_timestamp()
    ),
    ${requestCertificates('completed_courses')},
    ${appendToOutbox('told', { topic: TOPICS.courseCompleted, from: 'completed_courses' })}
    SELECT (SELECT count(*) FROM told)::int + (SELECT count(*) FROM requested)::int AS outbox_rows,
           (SELECT json_agg(completed_courses) FROM completed_courses) AS completed_courses`,
};
