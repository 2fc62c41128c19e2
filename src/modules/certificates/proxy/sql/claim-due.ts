import type { Statement } from '../../../../common/database/database.js';

/**
 * Takes up to $1 due rows of the topics $3, for $2 seconds. A row is due again when its lease ends
 * without a settling, so a killed process delays its rows by no more than that. Rows that another
 * process is claiming at the moment are skipped, not waited for.
 */
export const claimDue: Statement = {
  name: 'outbox-claim-due',
  text: `
    WITH due AS (
      SELECT id FROM outbox
      WHERE parked_at IS NULL AND next_attempt_at <= now() AND topic = ANY ($3)
      ORDER BY next_attempt_at
      LIMIT $1
      FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox o
    SET attempts = attempts + 1,
        next_attempt_at = now() + make_interval(secs => $2),
        lease_token = gen_random_uuid()
    FROM due WHERE o.id = due.id
    RETURNING o.id, o.topic, o.user_id AS "userId", o.course_id AS "courseId",
              o.lesson_id AS "lessonId", o.occurred_at AS "occurredAt", o.attempts,
              o.lease_token AS "leaseToken"`,
};
