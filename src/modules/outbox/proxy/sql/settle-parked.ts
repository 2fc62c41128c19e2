import type { Statement } from '../../../../common/database/database.js';

/** The certificate (request id $1, lease $2) is refused for good, because of $3: kept, and not tried again. */
export const settleParked: Statement = {
  name: 'outbox-settle-parked',
  text: `
    WITH stopped AS (
      UPDATE outbox SET parked_at = now(), lease_token = NULL, last_error = $3
      WHERE id = $1 AND lease_token = $2
      RETURNING user_id, course_id
    ), parked AS (
      UPDATE certificate c
      SET status = 'PARKED', reason = $3
      FROM stopped
      WHERE c.user_id = stopped.user_id AND c.course_id = stopped.course_id AND c.status = 'REQUESTED'
    )
    SELECT 1 FROM stopped`,
};
