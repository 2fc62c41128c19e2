import { column, statement } from '../../../../common/database/statement.js';
import type { Topic } from '../../topics.js';

/** The columns of a claimed entry. */
export const ENTRY_COLUMNS = {
  id: column.uuid,
  topic: column.oneOf<Topic>(),
  userId: column.varchar,
  courseId: column.varchar,
  lessonId: column.nullable(column.varchar),
  occurredAt: column.timestamptz,
  attempts: column.int4,
  leaseToken: column.uuid,
};

/** The same columns in SQL, of the entry `o`. */
export const ENTRY = `
  o.id, o.topic, o.user_id AS "userId", o.course_id AS "courseId", o.lesson_id AS "lessonId",
  o.occurred_at AS "occurredAt", o.attempts, o.lease_token AS "leaseToken"`;

/**
 * Claims up to $1 due rows of the topics $3, for $2 seconds. A row that is not settled is due again when its lease
 * ends, so a killed process delays it by no more than that. Rows that another process is claiming at the moment are
 * skipped.
 *
 * Each topic is looked up by itself. Otherwise a claim reads past the due rows of a topic that cannot be delivered now:
 * with 100,000 of them it took 50 ms, and every completion makes a claim.
 */
export const claimDue = statement({
  name: 'outbox-claim-due',
  columns: ENTRY_COLUMNS,
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
    )
    UPDATE outbox o
    SET attempts = attempts + 1,
        next_attempt_at = now() + make_interval(secs => $2),
        lease_token = gen_random_uuid()
    FROM due WHERE o.id = due.id
    RETURNING ${ENTRY}`,
});
