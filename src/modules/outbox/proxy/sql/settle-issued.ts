import type { Statement } from '../../../../common/database/database.js';

/**
 * The certificate is issued: the request (id $1, lease $2) is done, and others are told ($3 is the
 * topic). Settles nothing for who no longer holds the lease.
 */
export const settleIssued: Statement = {
  name: 'outbox-settle-issued',
  text: `
    WITH done AS (
      DELETE FROM outbox WHERE id = $1 AND lease_token = $2
      RETURNING user_id, course_id
    ), issued AS (
      UPDATE certificate c
      SET status = 'ISSUED', issued_at = now(), reason = NULL
      FROM done
      WHERE c.user_id = done.user_id AND c.course_id = done.course_id AND c.status <> 'ISSUED'
      RETURNING c.user_id, c.course_id
    ), told AS (
      INSERT INTO outbox (topic, user_id, course_id)
      SELECT $3, user_id, course_id FROM issued
    )
    SELECT 1 FROM done`,
};
