import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import {
  appendToJournal,
  certificateMoves,
  isLearner,
  learnerMoves,
} from '../../../analytics/journal/proxy/sql/append.js';
import { requestAdoptedCertificates } from '../../../certificates/proxy/sql/request-certificates.js';
import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { TOPICS } from '../../../outbox/topics.js';
import type { CourseKey } from '../../../course-catalog/course-key.js';
import { countedRecords, courseIsComplete } from './completion.js';

/** What a recounted rollup is to the evaluation of its course. */
export type Freshness = 'current' | 'stale' | 'unchanged';

/** Locks rollups in (user, course) order, before they are recounted, and tells the transaction's time with each. $1: JSON array of { user_id,
 * course_id }, $2: their users. */
export const lockRollups = statement({
  name: 'lock-rollups',
  columns: { now: column.text },
  text: `
    SELECT transaction_timestamp()::text AS now
    FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    JOIN course_progress p ON p.user_id = k.user_id AND p.course_id = k.course_id
    WHERE ${named('p', '$2')}
    ORDER BY p.user_id, p.course_id
    FOR NO KEY UPDATE OF p`,
});

/**
 * Recounts rollups against the course's present structure, and completes those that are complete by it. An earlier
 * statement of the same transaction must have locked the rollups. Every change of a record changes its rollup, so this
 * statement's snapshot then has every committed change. Without the locks it could miss one.
 *
 * $2 says what the rollup is after that. 'current': it has the structure's version. 'stale': the evaluation of the
 * course will meet it. 'unchanged': it is as current as it was.
 *
 * A course whose lessons were all completed when the original service's table was adopted was complete before: its
 * certificate is treated as `ADOPT_CERTIFICATES` said then.
 * $1: JSON array of { user_id, course_id }, $3: their users, $4: the transaction's time.
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
             r.listed, r.last_completed_at, before.completed_at AS completed_before
      FROM pair k
      JOIN course c ON c.course_id = k.course_id
      JOIN course_progress before
        ON before.user_id = k.user_id AND before.course_id = k.course_id AND ${named('before', '$3')}
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS listed, max(completed_at) AS last_completed_at
        FROM (${countedRecords('c', 'k.user_id', '$3')}) completed) r
    ),
    recounted AS (
      UPDATE course_progress p
      SET listed_completed = n.listed, lessons_total = n.lessons_total,
          structure_version = CASE
            WHEN $2::text = 'current' OR ($2 = 'unchanged' AND p.structure_version = n.structure_version)
            THEN n.structure_version ELSE 0 END,
          completed_at = CASE
            WHEN p.completed_at IS NULL AND ${courseIsComplete('n.listed', 'n.lessons_total')}
            THEN $4::timestamptz ELSE p.completed_at END
      FROM counted n
      WHERE p.user_id = n.user_id AND p.course_id = n.course_id AND ${named('p', '$3')}
      RETURNING p.user_id, p.course_id, p.lessons_started, p.created_at, p.completed_at,
                n.completed_before, n.last_completed_at
    ),
    completed_courses AS (
      SELECT r.user_id, r.course_id, a.certificates AS adopted
      FROM recounted r LEFT JOIN adoption a ON a.finished_at >= r.last_completed_at
      WHERE r.completed_at = $4::timestamptz
    ),
    ${requestAdoptedCertificates('completed_courses', '$4::timestamptz')},
    learner_moved AS (
      SELECT user_id, course_id, created_at, completed_at,
             1 - ${isLearner('lessons_started > 0', 'completed_before IS NOT NULL')} AS joined
      FROM recounted WHERE completed_at = $4::timestamptz
    ),
    ${appendToJournal('journalled', learnerMoves('learner_moved'), certificateMoves('intent', 1))},
    ${appendToOutbox('told', { topic: TOPICS.courseCompleted, from: 'completed_courses' })}
    SELECT (SELECT count(*) FROM told)::int + (SELECT count(*) FROM requested)::int AS "outboxRows",
           (SELECT json_agg(json_build_object('userId', user_id, 'courseId', course_id))
            FROM completed_courses) AS "completedCourses"`,
});
