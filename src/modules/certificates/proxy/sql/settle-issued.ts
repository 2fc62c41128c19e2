import { statement } from '../../../../common/database/statement.js';
import { appendToJournal, certificateMoves } from '../../../analytics/journal/proxy/sql/append.js';
import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { completeEntry } from '../../../outbox/proxy/sql/held-entry.js';
import { TOPICS } from '../../../outbox/topics.js';

/**
 * Marks the certificate as issued: deletes the request (of learner $1, entry $2, lease $3) and appends the event. Returns one row when
 * it settled. Changes nothing when the lease was lost.
 */
export const settleIssued = statement({
  name: 'settle-certificate-issued',
  columns: {},
  text: `
    WITH ${completeEntry('done')},
    issued AS (
      UPDATE certificate c
      SET status = 'ISSUED', issued_at = now(), reason = NULL
      FROM done
      WHERE c.user_id = $1 AND c.user_id = done.user_id AND c.course_id = done.course_id AND c.status <> 'ISSUED'
      RETURNING c.user_id, c.course_id, c.issued_at
    ),
    ${appendToJournal('journalled', certificateMoves('issued', 1))},
    ${appendToOutbox('told', { topic: TOPICS.certificateIssued, from: 'issued' })}
    SELECT FROM done`,
});
