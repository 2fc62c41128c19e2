import type { Statement } from '../../../../common/database/database.js';

/**
 * Every learner of course $1, held by lease $2, was evaluated. That is the end of it only if the walk began $3 seconds
 * after the change: a transaction that had not seen the change may have added a learner behind the walk's back until
 * then. Otherwise the course is due for another, cheap walk at that time.
 */
export const endWalk: Statement = {
  name: 'end-walk',
  text: `
    WITH held AS (
      SELECT course_id, structure_changed_at + make_interval(secs => $3) AS settled_at
      FROM course
      WHERE course_id = $1 AND evaluation_lease = $2::timestamptz
      FOR NO KEY UPDATE
    )
    UPDATE course c
    SET evaluated_version = CASE WHEN c.evaluation_begun_at >= settled_at
                                 THEN c.structure_version ELSE c.evaluated_version END,
        evaluation_lease = CASE WHEN c.evaluation_begun_at >= settled_at THEN NULL ELSE settled_at END,
        evaluation_begun_at = NULL, evaluated_user_id = NULL
    FROM held
    WHERE c.course_id = held.course_id
    RETURNING c.evaluated_version = c.structure_version AS final`,
};
