import type { Statement } from '../../../../common/database/database.js';

/** The attempt (id $1, lease $2) came to nothing: due again in $3 milliseconds; $4 says why. */
export const settleRetry: Statement = {
  name: 'outbox-settle-retry',
  text: `
    UPDATE outbox
    SET next_attempt_at = now() + make_interval(secs => $3 / 1000.0), lease_token = NULL, last_error = $4
    WHERE id = $1 AND lease_token = $2
    RETURNING 1`,
};
