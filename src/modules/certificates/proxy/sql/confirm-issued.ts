import { statement } from '../../../../common/database/statement.js';
import { appendToJournal, certificateMoves } from '../../../analytics/journal/proxy/sql/append.js';
import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { withdrawEntry } from '../../../outbox/proxy/sql/entry-of.js';
import { TOPICS } from '../../../outbox/topics.js';
import { CERTIFICATE_COLUMNS, certificateOf } from './select-certificates.js';

/**
 * Administrator $3 confirms that the certificate of learner $1 for course $2 is issued: deletes its request and appends
 * the event. No row when it is already issued, or was never earned.
 *
 * The request is locked first, as a settling process does, so the later of the two finds it gone. If this one is later,
 * it also finds the certificate issued, and appends no second event.
 */
export const confirmIssued = statement({
  name: 'confirm-certificate-issued',
  columns: CERTIFICATE_COLUMNS,
  text: `
    WITH ${withdrawEntry('withdrawn', TOPICS.certificateRequested)},
    issued AS (
      UPDATE certificate c
      SET status = 'ISSUED', issued_at = now(), reason = NULL, confirmed_by = $3
      FROM (SELECT count(*) FROM withdrawn) AS locked
      WHERE c.user_id = $1 AND c.course_id = $2 AND c.status <> 'ISSUED'
      RETURNING c.*
    ),
    ${appendToJournal('journalled', certificateMoves('issued', 1))},
    ${appendToOutbox('told', { topic: TOPICS.certificateIssued, from: 'issued' })}
    SELECT ${certificateOf()} FROM issued c`,
});
