import { column, statement } from '../../../../common/database/statement.js';

/**
 * Stores that the certificate service is about to be asked for learner $1, course $2: only the first time counts.
 * Returns whether it may be requested only once the check can be trusted.
 */
export const markRequested = statement({
  name: 'mark-certificate-requested',
  columns: { mustCheck: column.bool },
  text: `
    WITH marked AS (
      UPDATE certificate SET requested_at = now()
      WHERE user_id = $1 AND course_id = $2 AND requested_at IS NULL
    )
    SELECT must_check AS "mustCheck" FROM certificate WHERE user_id = $1 AND course_id = $2`,
});
