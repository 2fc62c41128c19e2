import { column, statement } from '../../../../common/database/statement.js';
import { ENTRY, ENTRY_COLUMNS } from './claim-due.js';

/** The learners of up to $1 due rows of the topics $2, wherever they are. */
export const dueLearners = statement({
  name: 'outbox-due-learners',
  columns: { userId: column.varchar },
  text: `
    SELECT user_id AS "userId"
    FROM (
      SELECT user_id, next_attempt_at FROM outbox
      WHERE topic = ANY ($2::text[]) AND parked_at IS NULL AND next_attempt_at <= now()
      ORDER BY next_attempt_at
      LIMIT $1) due
    GROUP BY user_id
    ORDER BY min(next_attempt_at)`,
});

/**
 * `claimDue` for learners $5 of one place: claims up to $1 of their due rows of the topics $3, for $2 seconds, under the
 * token $4.
 */
export const claimDueOf = statement({
  name: 'outbox-claim-due-of',
  columns: ENTRY_COLUMNS,
  text: `
    WITH due AS (
      SELECT user_id, id FROM outbox
      WHERE user_id = ANY ($5::varchar[]) AND topic = ANY ($3::text[])
        AND parked_at IS NULL AND next_attempt_at <= now()
      ORDER BY next_attempt_at
      LIMIT $1
      FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox o
    SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $2), lease_token = $4
    FROM due WHERE o.user_id = ANY ($5::varchar[]) AND o.user_id = due.user_id AND o.id = due.id
    RETURNING ${ENTRY}`,
});
