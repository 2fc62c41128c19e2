import { named } from '../../../../../common/database/placement/named.js';
import { column, statement } from '../../../../../common/database/statement.js';
import {
  appendToJournal,
  isLearner,
  learnerMoves,
} from '../../../../analytics/journal/proxy/sql/append.js';
import { requestCertificates } from '../../../../certificates/proxy/sql/request-certificates.js';
import { countsFor, courseIsComplete } from '../../../proxy/sql/completion.js';

/** The last user of a portion of about $2 rollups after user $1; none when it is the last portion. */
export const portionEnd = statement({
  name: 'audit-portion-end',
  columns: { userId: column.varchar },
  text: `
    SELECT user_id AS "userId" FROM course_progress WHERE user_id > $1
    ORDER BY user_id OFFSET $2 LIMIT 1`,
});

/**
 * As a sub-select, since a distributed database reads a table of the coordinator first, and by itself. PostgreSQL makes
 * no difference.
 */
const UNRECONCILED = '(SELECT course_id, lesson_id FROM unreconciled_lesson)';

/**
 * Rollups that differ from the sum of their rows. One statement sees one snapshot, so the service may run meanwhile. What
 * is evaluated later is no difference: a rollup that was counted against another version of the course's structure, and
 * what follows from lessons that are unreconciled.
 * $1: users after this one, $2: up to this one (null: to the end), $3: one course only (null: all), $4: whether a
 * completed course must have its certificate's intent, $5: one user only (null: all).
 */
export const auditRollups = statement({
  name: 'audit-rollups',
  columns: { userId: column.varchar, courseId: column.varchar, differences: column.texts },
  text: `
    WITH record AS MATERIALIZED (
      SELECT u.user_id, u.course_id, u.lesson_id, u.completed, u.watch_time_seconds,
             NOT COALESCE(${countsFor('c', 'own.lesson_id IS NOT NULL', 'true')}, false)
               AND EXISTS (SELECT FROM course_lesson o WHERE o.lesson_id = u.lesson_id)
               AND NOT EXISTS (SELECT FROM ${UNRECONCILED} s WHERE s.lesson_id = u.lesson_id) AS misplaced
      FROM user_progress u
      LEFT JOIN course c ON c.course_id = u.course_id
      LEFT JOIN course_lesson own ON own.course_id = u.course_id AND own.lesson_id = u.lesson_id
      WHERE u.deleted_at IS NULL AND u.user_id > $1 AND ($2::varchar IS NULL OR u.user_id <= $2)
        AND ($3::varchar IS NULL OR u.course_id = $3 OR EXISTS (
          SELECT FROM course_lesson l WHERE l.course_id = $3 AND l.lesson_id = u.lesson_id))
        AND ($5::varchar IS NULL OR u.user_id = $5)
    ),
    at_home AS (
      SELECT user_id, course_id, count(*)::int AS started, (count(*) FILTER (WHERE completed))::int AS completed,
             sum(watch_time_seconds)::bigint AS watch, (count(*) FILTER (WHERE misplaced))::int AS misplaced
      FROM record WHERE $3::varchar IS NULL OR course_id = $3
      GROUP BY user_id, course_id
    ),
    in_list AS (
      SELECT r.user_id, l.course_id, count(*)::int AS completed
      FROM record r JOIN course_lesson l ON l.lesson_id = r.lesson_id
      WHERE r.completed AND ($3::varchar IS NULL OR l.course_id = $3)
      GROUP BY r.user_id, l.course_id
    ),
    rollup AS (
      SELECT * FROM course_progress p
      WHERE p.user_id > $1 AND ($2::varchar IS NULL OR p.user_id <= $2)
        AND ($3::varchar IS NULL OR p.course_id = $3) AND ($5::varchar IS NULL OR p.user_id = $5)
    ),
    waiting AS MATERIALIZED (
      SELECT DISTINCT u.user_id, s.course_id
      FROM user_progress u
      JOIN ${UNRECONCILED} s ON s.lesson_id = u.lesson_id AND s.course_id <> u.course_id
      WHERE u.user_id > $1 AND ($2::varchar IS NULL OR u.user_id <= $2)
        AND ($3::varchar IS NULL OR s.course_id = $3) AND ($5::varchar IS NULL OR u.user_id = $5)
    ),
    intent AS MATERIALIZED (
      SELECT f.user_id, f.course_id FROM certificate f
      WHERE f.user_id > $1 AND ($2::varchar IS NULL OR f.user_id <= $2)
        AND ($3::varchar IS NULL OR f.course_id = $3) AND ($5::varchar IS NULL OR f.user_id = $5)
    )
    SELECT user_id AS "userId", course_id AS "courseId", differences
    FROM (
      SELECT user_id, course_id,
             array_remove(ARRAY[
               CASE WHEN COALESCE(p.lessons_started, 0) <> COALESCE(h.started, 0)
                    THEN format('lessons_started is %s, should be %s', p.lessons_started, COALESCE(h.started, 0)) END,
               CASE WHEN COALESCE(p.lessons_completed, 0) <> COALESCE(h.completed, 0)
                    THEN format('lessons_completed is %s, should be %s', p.lessons_completed, COALESCE(h.completed, 0)) END,
               CASE WHEN COALESCE(p.watch_time_seconds, 0) <> COALESCE(h.watch, 0)
                    THEN format('watch_time_seconds is %s, should be %s', p.watch_time_seconds, COALESCE(h.watch, 0)) END,
               CASE WHEN state.is_current AND p.listed_completed <> counted.listed
                    THEN format('listed_completed is %s, should be %s', p.listed_completed, counted.listed) END,
               CASE WHEN state.is_missing AND counted.listed > 0
                    THEN format('%s lessons completed elsewhere count, there is no rollup', counted.listed) END,
               CASE WHEN state.is_current AND h.misplaced > 0
                    THEN format('%s records belong in another course', h.misplaced) END,
               CASE WHEN state.is_current AND p.lessons_total <> c.lessons_total
                    THEN format('lessons_total is %s, should be %s', p.lessons_total, c.lessons_total) END,
               CASE WHEN state.is_current AND p.completed_at IS NULL
                         AND ${courseIsComplete('counted.listed', 'c.lessons_total')}
                    THEN 'every lesson is completed, the course is not' END,
               CASE WHEN $4 AND p.completed_at IS NOT NULL AND f.user_id IS NULL
                    THEN 'the course is completed, its certificate was never requested' END
             ], NULL) AS differences
      FROM at_home h
      FULL JOIN in_list l USING (user_id, course_id)
      FULL JOIN rollup p USING (user_id, course_id)
      LEFT JOIN course c USING (course_id)
      LEFT JOIN intent f USING (user_id, course_id)
      LEFT JOIN waiting w USING (user_id, course_id)
      CROSS JOIN LATERAL (
        SELECT COALESCE(${countsFor('c', 'l.completed', 'h.completed')}, 0) AS listed) counted
      CROSS JOIN LATERAL (
        SELECT p.structure_version = c.structure_version AND w.user_id IS NULL AS is_current,
               p.user_id IS NULL AND h.user_id IS NULL AND w.user_id IS NULL AS is_missing) state
    ) audited
    WHERE cardinality(differences) > 0
    ORDER BY user_id, course_id`,
});

/** Sums rollups again; they must be locked. $1: JSON array of { user_id, course_id }, $2: their users. */
export const rebuildRollups = statement({
  name: 'rebuild-rollups',
  columns: {},
  text: `
    WITH counted AS MATERIALIZED (
      SELECT k.user_id, k.course_id, before.lessons_started AS started_before, count(u.id)::int AS started,
             (count(u.id) FILTER (WHERE u.completed))::int AS completed,
             COALESCE(sum(u.watch_time_seconds), 0)::bigint AS watch
      FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
      JOIN course_progress before
        ON before.user_id = k.user_id AND before.course_id = k.course_id AND ${named('before', '$2')}
      LEFT JOIN user_progress u
        ON u.user_id = k.user_id AND u.course_id = k.course_id AND u.deleted_at IS NULL
          AND ${named('u', '$2')}
      GROUP BY k.user_id, k.course_id, before.lessons_started
    ),
    rebuilt AS (
      UPDATE course_progress p
      SET lessons_started = n.started, lessons_completed = n.completed, watch_time_seconds = n.watch
      FROM counted n
      WHERE p.user_id = n.user_id AND p.course_id = n.course_id AND ${named('p', '$2')}
      RETURNING p.user_id, p.course_id, p.created_at, NULL::timestamptz AS completed_at,
                ${isLearner('n.started > 0', 'p.completed_at IS NOT NULL')}
                  - ${isLearner('n.started_before > 0', 'p.completed_at IS NOT NULL')} AS joined
    ),
    ${appendToJournal('journalled', learnerMoves('rebuilt'))}
    SELECT FROM rebuilt`,
});

/** Requests the missing certificates of completed courses. $1: JSON array of { user_id, course_id }, $2: their users. */
export const requestMissingCertificates = statement({
  name: 'request-missing-certificates',
  columns: {},
  text: `
    WITH completed AS (
      SELECT p.user_id, p.course_id, p.completed_at
      FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
      JOIN course_progress p ON p.user_id = k.user_id AND p.course_id = k.course_id
      WHERE p.completed_at IS NOT NULL AND ${named('p', '$2')}
    ),
    ${requestCertificates('completed', 'completed_at')}
    SELECT FROM requested`,
});

/** About how many rollups there are, from PostgreSQL's statistics: for showing progress. */
export const estimateRollups = statement({
  name: 'estimate-rollups',
  columns: { estimate: column.float8 },
  text: `SELECT greatest(reltuples, 0)::float8 AS estimate FROM pg_class WHERE oid = 'course_progress'::regclass`,
});
