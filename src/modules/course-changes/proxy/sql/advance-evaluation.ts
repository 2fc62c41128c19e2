import type { Statement } from '../../../../common/database/database.js';

/** Notes that course $1, held by lease $2, is evaluated up to user $3, and holds it for another $4 seconds. */
export const advanceEvaluation: Statement = {
  name: 'advance-evaluation',
  text: `
    UPDATE course
    SET evaluated_user_id = $3, evaluation_lease = clock_timestamp() + make_interval(secs => $4)
    WHERE course_id = $1 AND evaluation_lease = $2::timestamptz
    RETURNING evaluation_lease::text AS lease`,
};
