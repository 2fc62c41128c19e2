import { column, statement } from '../../../../common/database/statement.js';
import { requestAdoptedCertificates } from '../../../certificates/proxy/sql/request-certificates.js';
import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { TOPICS } from '../../../outbox/topics.js';
import type { CourseKey } from '../../../course-catalog/course-key.js';
import { courseIsComplete, lessonCounts } from './completion.js';

/** Locks rollups in (user, course) order, before they are recounted. $1: JSON array of { user_id, course_id }. */
export const lockRollups = statement({
  name: 'lock-rollups',
  columns: { userId: column.varchar },
  text: `
    SELECT p.user_id AS "userId"
    FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    JOIN course_progress p ON p.user_id = k.user_id AND p.course_id = k.course_id
    ORDER BY p.user_id, p.course_id
    FOR NO KEY UPDATE OF p`,
});

/**
 * Recounts rollups against the course's present structure, and completes those that are complete by it. An earlier
 * statement of the same transaction must have locked the rollups. Every change of a record changes its rollup, so this
 * statement's snapshot then has every committed change. Without the locks it could miss one.
 *
 * A course whose lessons were all completed when the original service's table was adopted was complete before: its
 * certificate is treated as `ADOPT_CERTIFICATES` said then.
 * $1: JSON array of { user_id, course_id }.
 */
export const recountCourses = statement({
  name: 'recount-courses',
  columns: {
    outboxRows: column.int4,
    completedCourses: column.nullable(column.json<CourseKey[]>()),
  },
  text: `
    WITH pair AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    ),
    counted AS MATERIALIZED (
      SELECT k.user_id, k.course_id, c.structure_version, c.lessons_total,
             count(u.id) FILTER (WHERE ${lessonCounts('c', 'l')})::int AS listed,
             max(u.completed_at) FILTER (WHERE ${lessonCounts('c', 'l')}) AS last_completed_at
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
            WHEN p.completed_at IS NULL AND ${courseIsComplete('n.listed', 'n.lessons_total')}
            THEN transaction_timestamp() ELSE p.completed_at END
      FROM counted n
      WHERE p.user_id = n.user_id AND p.course_id = n.course_id
      RETURNING p.user_id, p.course_id, p.completed_at, n.last_completed_at
    ),
    completed_courses AS (
      SELECT r.user_id, r.course_id, a.certificates AS adopted
      FROM recounted r LEFT JOIN adoption a ON a.finished_at >= r.last_completed_at
      WHERE r.completed_at = transaction_timestamp()
    ),
    ${requestAdoptedCertificates('completed_courses')},
    ${appendToOutbox('told', { topic: TOPICS.courseCompleted, from: 'completed_courses' })}
    SELECT (SELECT count(*) FROM told)::int + (SELECT count(*) FROM requested)::int AS "outboxRows",
           (SELECT json_agg(json_build_object('userId', user_id, 'courseId', course_id))
            FROM completed_courses) AS "completedCourses"`,
});
