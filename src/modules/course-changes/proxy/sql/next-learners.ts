import { column, statement } from '../../../../common/database/statement.js';

/**
 * Reads the next $5 learners of course $1 after user $2, and returns the first $4 whose rollup is to be counted: it was
 * counted against another structure than version $3, or the learner's record in an unreconciled lesson was written by a
 * transaction that may not have known of the lesson, $6 seconds before its change at the earliest. Without the limit $5,
 * looking for the last few could read all learners.
 */
export const nextLearners = statement({
  name: 'next-learners',
  columns: { seen: column.int4, last: column.nullable(column.text), stale: column.varchars },
  text: `
    WITH learner AS MATERIALIZED (
      SELECT user_id, structure_version
      FROM course_progress
      WHERE course_id = $1 AND user_id > $2
      ORDER BY user_id
      LIMIT $5
    ), seen AS MATERIALIZED (
      SELECT p.user_id, p.structure_version <> $3 OR EXISTS (
        SELECT FROM unreconciled_lesson s
        CROSS JOIN LATERAL (
          SELECT FROM user_progress
          WHERE user_id = p.user_id AND lesson_id = s.lesson_id
            AND updated_at >= s.changed_at - make_interval(secs => $6) LIMIT 1) touched
        WHERE s.course_id = $1
      ) AS stale
      FROM learner p
    )
    SELECT count(*)::int AS seen, max(user_id) AS last,
           ARRAY(SELECT user_id FROM seen WHERE stale ORDER BY user_id LIMIT $4) AS stale
    FROM seen`,
});
