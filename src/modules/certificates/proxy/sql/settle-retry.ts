import type { Statement } from '../../../../common/database/database.js';

/** The attempt (id $1, lease $2) came to nothing: due again in $3 milliseconds; $4 says why. */
export const settleRetry: Statement = {
  name: 'outbox-settle-retry',
  text: `
    WITH again AS (
      UPDATE outbox
      SET next_attempt_at = now() + make_interval(secs => $3 / 1000.0), lease_token = NULL, last_error = $4
      WHERE id = $1 AND lease_token = $2
      RETURNING topic, user_id, course_id
    ), requested AS (
      UPDATE certificate c SET requested_at = now()
      FROM again
      WHERE again.topic = 'certificate.requested' AND c.requested_at IS NULL
        AND c.user_id = again.user_id AND c.course_id = again.course_id
    )
    SELECT 1 FROM again`,
};
