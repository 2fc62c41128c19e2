import { statement } from '../../../../common/database/statement.js';
import { releaseParked } from '../../../outbox/proxy/sql/release-parked.js';
import { TOPICS } from '../../../outbox/topics.js';
import { CERTIFICATE_COLUMNS, certificateOf } from './select-certificates.js';

/** Requests the parked certificate of learner $1 for course $2 again, at once. */
export const replayParked = statement({
  name: 'replay-parked',
  columns: CERTIFICATE_COLUMNS,
  text: `
    WITH ${releaseParked('due', TOPICS.certificateRequested)}
    UPDATE certificate c
    SET status = 'REQUESTED', reason = NULL
    FROM due
    WHERE c.user_id = $1 AND c.user_id = due.user_id AND c.course_id = due.course_id AND c.status = 'PARKED'
    RETURNING ${certificateOf('c.reason', 'due.attempts')}`,
});
