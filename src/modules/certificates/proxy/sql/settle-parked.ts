import { statement } from '../../../../common/database/statement.js';
import { parkEntry } from '../../../outbox/proxy/sql/held-entry.js';

/**
 * Parks the certificate (of learner $1, entry $2, lease $3), which was refused for good with reason $4: it is kept, and not tried
 * again. Returns one row when it settled. Changes nothing when the lease was lost.
 */
export const settleParked = statement({
  name: 'settle-certificate-parked',
  columns: {},
  text: `
    WITH ${parkEntry('stopped', '$4')},
    parked AS (
      UPDATE certificate c
      SET status = 'PARKED', reason = $4
      FROM stopped
      WHERE c.user_id = $1 AND c.user_id = stopped.user_id AND c.course_id = stopped.course_id AND c.status = 'REQUESTED'
    )
    SELECT FROM stopped`,
});
