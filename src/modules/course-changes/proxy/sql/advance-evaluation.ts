import { column, statement } from '../../../../common/database/statement.js';

/**
 * Stores that course $1, held by token $2, is evaluated up to user $3, and extends the lease by $4 seconds. Returns no
 * row when the lease was lost.
 */
export const advanceEvaluation = statement({
  name: 'advance-evaluation',
  columns: { courseId: column.varchar },
  text: `
    UPDATE course_evaluation
    SET evaluated_user_id = $3, lease_ends_at = clock_timestamp() + make_interval(secs => $4)
    WHERE course_id = $1 AND lease_token = $2
    RETURNING course_id AS "courseId"`,
});
