import type { Statement } from '../../../../common/database/database.js';

/**
 * Takes up to $1 due rows of the topics $3, for $2 seconds. A row is due again when its lease ends
 * without a settling, so a killed process delays its rows by no more than that. Rows that another
 * process is claiming at the moment are skipped, not waited for. A certificate's first claim is when it was requested.
 *
 * Each topic is looked up by itself: behind 100,000 due rows of a topic that cannot be delivered now, a claim of others
 * took 50 ms, and every completion asks for one.
 */
export const claimDue: Statement = {
  name: 'outbox-claim-due',
  text: `
    WITH due AS (
      SELECT longest_due.id
      FROM unnest($3::text[]) AS wanted (topic), LATERAL (
        SELECT id, next_attempt_at FROM outbox
        WHERE topic = wanted.topic AND parked_at IS NULL AND next_attempt_at <= now()
        ORDER BY next_attempt_at
        LIMIT $1
        FOR UPDATE SKIP LOCKED) longest_due
      ORDER BY longest_due.next_attempt_at
      LIMIT $1
    ), claimed AS (
      UPDATE outbox o
      SET attempts = attempts + 1,
          next_attempt_at = now() + make_interval(secs => $2),
          lease_token = gen_random_uuid()
      FROM due WHERE o.id = due.id
      RETURNING o.*
    ), requested AS (
      UPDATE certificate c SET requested_at = now()
      FROM claimed
      WHERE claimed.topic = 'certificate.requested' AND c.requested_at IS NULL
        AND c.user_id = claimed.user_id AND c.course_id = claimed.course_id
    )
    SELECT id, topic, user_id AS "userId", course_id AS "courseId", lesson_id AS "lessonId",
           occurred_at AS "occurredAt", attempts, lease_token AS "leaseToken"
    FROM claimed`,
};
