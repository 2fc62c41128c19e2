import { statement } from '../../../../common/database/statement.js';
import { parkEntry } from '../../../outbox/proxy/sql/held-entry.js';

/**
 * The certificate (entry $1, lease $2) is refused for good, because of $3: kept, and not tried again. One row where it
 * was settled; changes nothing for who no longer holds the lease.
 */
export const settleParked = statement({
  name: 'settle-certificate-parked',
  columns: {},
  text: `
    WITH ${parkEntry('stopped', '$3')},
    parked AS (
      UPDATE certificate c
      SET status = 'PARKED', reason = $3
      FROM stopped
      WHERE c.user_id = stopped.user_id AND c.course_id = stopped.course_id AND c.status = 'REQUESTED'
    )
    SELECT FROM stopped`,
});
