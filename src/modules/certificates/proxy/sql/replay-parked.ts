import type { Statement } from '../../../../common/database/database.js';
import { CERTIFICATE_COLUMNS } from './select-certificates.js';

/**
 * Has the parked certificate of learner $1 for course $2 requested again, at once. Attempts are counted from one, not
 * from none: there was a request before, so the certificate service is asked first whether it issued after all.
 */
export const replayParked: Statement = {
  name: 'replay-parked',
  text: `
    WITH due AS (
      UPDATE outbox
      SET parked_at = NULL, attempts = 1, next_attempt_at = now(), last_error = NULL
      WHERE user_id = $1 AND course_id = $2 AND topic = 'certificate.requested' AND parked_at IS NOT NULL
      RETURNING user_id, course_id
    )
    UPDATE certificate c
    SET status = 'REQUESTED', reason = NULL
    FROM due
    WHERE c.user_id = due.user_id AND c.course_id = due.course_id AND c.status = 'PARKED'
    RETURNING ${CERTIFICATE_COLUMNS}`,
};
