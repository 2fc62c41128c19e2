import { column, statement } from '../../../../common/database/statement.js';

/** Rows that one statement looks at: it takes some milliseconds. */
const PORTION = 1_000;

/**
 * The next portion of the sessions after learner $1 and session $2, in the order of their key: those that were last
 * changed more than $3 seconds ago (`isOld`), and the portion's last one in any case. No row behind the end. No index has
 * `last_seen_at`: each beat changes it, and its update would no longer be HOT.
 */
export const oldSessions = statement({
  name: 'old-sessions',
  columns: { userId: column.varchar, sessionId: column.varchar, isOld: column.bool },
  text: `
    WITH portion AS MATERIALIZED (
      SELECT user_id, session_id, last_seen_at < now() - $3 * interval '1 second' AS is_old
      FROM watch_session
      WHERE (user_id, session_id) > ($1, $2) ORDER BY user_id, session_id LIMIT ${PORTION}
    )
    SELECT user_id AS "userId", session_id AS "sessionId", is_old AS "isOld"
    FROM portion
    WHERE is_old OR (user_id, session_id) = (
      SELECT user_id, session_id FROM portion ORDER BY user_id DESC, session_id DESC LIMIT 1)
    ORDER BY user_id, session_id`,
});

/**
 * Deletes the sessions $2 of learners $1, pair by pair, that are still as old as $3 seconds. A session that a batch has
 * locked stays until the next lap.
 */
export const forgetSessions = statement({
  name: 'forget-sessions',
  columns: {},
  text: `
    WITH old AS MATERIALIZED (
      SELECT s.user_id, s.session_id
      FROM unnest($1::varchar[], $2::varchar[]) AS k (user_id, session_id)
      JOIN watch_session s ON s.user_id = k.user_id AND s.session_id = k.session_id
      WHERE s.user_id = ANY ($1::varchar[]) AND s.last_seen_at < now() - $3 * interval '1 second'
      ORDER BY s.user_id, s.session_id
      FOR UPDATE OF s SKIP LOCKED
    )
    DELETE FROM watch_session s USING old o
    WHERE s.user_id = ANY ($1::varchar[]) AND s.user_id = o.user_id AND s.session_id = o.session_id`,
});

/** The same portion of the hours of learners' clocks, after learner $1 and hour $2: old are those that ended more than $3
 * hours ago. */
export const oldHours = statement({
  name: 'old-hours',
  columns: { userId: column.varchar, hour: column.int4, isOld: column.bool },
  text: `
    WITH portion AS MATERIALIZED (
      SELECT user_id, hour FROM watch_clock
      WHERE (user_id, hour) > ($1, $2) ORDER BY user_id, hour LIMIT ${PORTION}
    )
    SELECT user_id AS "userId", hour, hour < ${hourBefore('$3')} AS "isOld"
    FROM portion
    WHERE hour < ${hourBefore('$3')} OR (user_id, hour) = (
      SELECT user_id, hour FROM portion ORDER BY user_id DESC, hour DESC LIMIT 1)
    ORDER BY user_id, hour`,
});

/** Deletes the hours $2 of learners $1, pair by pair, which are old. Those that a batch has locked stay, too. */
export const forgetHours = statement({
  name: 'forget-hours',
  columns: {},
  text: `
    WITH old AS MATERIALIZED (
      SELECT w.user_id, w.hour
      FROM unnest($1::varchar[], $2::integer[]) AS k (user_id, hour)
      JOIN watch_clock w ON w.user_id = k.user_id AND w.hour = k.hour
      WHERE w.user_id = ANY ($1::varchar[])
      ORDER BY w.user_id, w.hour
      FOR UPDATE OF w SKIP LOCKED
    )
    DELETE FROM watch_clock w USING old o
    WHERE w.user_id = ANY ($1::varchar[]) AND w.user_id = o.user_id AND w.hour = o.hour`,
});

/** The hour that ended so many hours ago. */
function hourBefore(hours: string): string {
  return `floor(extract(epoch FROM now()) / 3600) - ${hours}`;
}
