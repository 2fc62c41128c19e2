import type { Statement } from '../../../../common/database/database.js';

/**
 * Takes up the evaluation of a course whose structure changed, for $1 seconds: the one that waited longest. A course
 * that another process is claiming at the moment is skipped, not waited for.
 */
export const claimEvaluation: Statement = {
  name: 'claim-evaluation',
  text: `
    WITH due AS (
      SELECT course_id FROM course
      WHERE evaluated_version < structure_version
        AND (evaluation_lease IS NULL OR evaluation_lease <= clock_timestamp())
      ORDER BY evaluation_lease NULLS FIRST, structure_changed_at
      LIMIT 1
      FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE course c
    SET evaluation_lease = clock_timestamp() + make_interval(secs => $1),
        evaluation_begun_at = coalesce(c.evaluation_begun_at, clock_timestamp())
    FROM due WHERE c.course_id = due.course_id
    RETURNING c.course_id AS "courseId", c.structure_version AS "structureVersion",
              coalesce(c.evaluated_user_id, '') AS "after", c.evaluation_lease::text AS lease`,
};
