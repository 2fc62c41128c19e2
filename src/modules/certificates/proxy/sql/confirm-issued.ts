import { statement } from '../../../../common/database/statement.js';
import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { withdrawEntry } from '../../../outbox/proxy/sql/entry-of.js';
import { TOPICS } from '../../../outbox/topics.js';
import { CERTIFICATE_COLUMNS, certificateOf } from './select-certificates.js';

/**
 * Administrator $3 says that the certificate of learner $1 for course $2 is issued: its request is withdrawn, and
 * others are told. No row where it is issued already, or was never earned.
 *
 * The request is locked first, as by who settles it: of the two, the later one finds it gone. Where that is this one, it
 * finds the certificate issued as well, and tells nobody again.
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
    ${appendToOutbox('told', { topic: TOPICS.certificateIssued, from: 'issued' })}
    SELECT ${certificateOf()} FROM issued c`,
});
