import { column, statement } from '../../../../common/database/statement.js';

/**
 * Notes that course $1, held by token $2, is evaluated up to user $3, and holds it for another $4 seconds. Returns no
 * row where the token is no longer the course's.
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
