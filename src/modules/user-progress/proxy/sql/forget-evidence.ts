import { column, statement } from '../../../../common/database/statement.js';

/** Rows that one statement looks at: it takes some milliseconds. */
const PORTION = 1_000;

/**
 * Looks at a portion of the sessions, in the order of their key, and deletes those that were last changed more than $3
 * seconds ago. A session that a batch has locked stays until the next lap. No index has `last_seen_at`: each beat
 * changes it, and its update would no longer be HOT.
 * Returns the last session of the portion, or no row behind the end. $1: user id, $2: session id, to begin after
 */
export const forgetSessions = statement({
  name: 'forget-sessions',
  columns: { userId: column.varchar, sessionId: column.varchar },
  text: `
    WITH portion AS MATERIALIZED (
      SELECT user_id, session_id FROM watch_session
      WHERE (user_id, session_id) > ($1, $2) ORDER BY user_id, session_id LIMIT ${PORTION}
    ),
    old AS MATERIALIZED (
      SELECT s.user_id, s.session_id FROM portion p
      JOIN watch_session s ON s.user_id = p.user_id AND s.session_id = p.session_id
      WHERE s.last_seen_at < transaction_timestamp() - $3 * interval '1 second'
      ORDER BY s.user_id, s.session_id
      FOR UPDATE OF s SKIP LOCKED
    ),
    gone AS (
      DELETE FROM watch_session s USING old o WHERE s.user_id = o.user_id AND s.session_id = o.session_id
    )
    SELECT user_id AS "userId", session_id AS "sessionId"
    FROM portion ORDER BY user_id DESC, session_id DESC LIMIT 1`,
});

/**
 * The same for hours of learners' clocks: deletes those that ended more than $3 hours ago. $1: user id, $2: hour, to
 * begin after
 */
export const forgetHours = statement({
  name: 'forget-hours',
  columns: { userId: column.varchar, hour: column.int4 },
  text: `
    WITH portion AS MATERIALIZED (
      SELECT user_id, hour FROM watch_clock
      WHERE (user_id, hour) > ($1, $2) ORDER BY user_id, hour LIMIT ${PORTION}
    ),
    old AS MATERIALIZED (
      SELECT w.user_id, w.hour FROM portion p
      JOIN watch_clock w ON w.user_id = p.user_id AND w.hour = p.hour
      WHERE w.hour < floor(extract(epoch FROM transaction_timestamp()) / 3600) - $3
      ORDER BY w.user_id, w.hour
      FOR UPDATE OF w SKIP LOCKED
    ),
    gone AS (
      DELETE FROM watch_clock w USING old o WHERE w.user_id = o.user_id AND w.hour = o.hour
    )
    SELECT user_id AS "userId", hour FROM portion ORDER BY user_id DESC, hour DESC LIMIT 1`,
});
