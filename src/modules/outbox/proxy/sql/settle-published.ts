import type { Statement } from '../../../../common/database/database.js';

/** The event (id $1, lease $2) is out. */
export const settlePublished: Statement = {
  name: 'outbox-settle-published',
  text: `DELETE FROM outbox WHERE id = $1 AND lease_token = $2 RETURNING 1`,
};
