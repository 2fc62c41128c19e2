import { statement } from '../../../../common/database/statement.js';
import { holdBackEntry } from '../../../outbox/proxy/sql/entry-of.js';
import { TOPICS } from '../../../outbox/topics.js';
import { CERTIFICATE_COLUMNS, certificateOf } from './select-certificates.js';

/**
 * Stops requesting the certificate of learner $1 for course $2 until it is replayed. No row when there is no request.
 * Its reason stays: why it could not be issued.
 */
export const parkRequested = statement({
  name: 'park-requested',
  columns: CERTIFICATE_COLUMNS,
  text: `
    WITH ${holdBackEntry('held', TOPICS.certificateRequested)}
    UPDATE certificate c
    SET status = 'PARKED', reason = coalesce(held.last_error, 'parked by an administrator')
    FROM held
    WHERE c.user_id = $1 AND c.user_id = held.user_id AND c.course_id = held.course_id AND c.status = 'REQUESTED'
    RETURNING ${certificateOf('c.reason', 'held.attempts')}`,
});
