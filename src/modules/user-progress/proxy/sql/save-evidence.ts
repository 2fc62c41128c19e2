import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';

/**
 * Saves sessions and clock hours. If another process inserted a new row first, ours is not written: `inserted` is then
 * less than the number of new rows, and the batch must start over.
 * A learner's new hour deletes their hours before $3: beats that old are rejected anyway.
 * $1: JSON array of sessions. $2: JSON array of hours. $3: the oldest hour to keep. $4: the users' names.
 */
export const saveEvidence = statement({
  name: 'save-evidence',
  columns: { inserted: column.int4 },
  text: `
    WITH session AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1::json) AS r (
        user_id varchar, session_id varchar, counted int4multirange, latest_seq integer, latest_at timestamptz, is_new boolean)
    ),
    hour AS MATERIALIZED (
      SELECT * FROM json_to_recordset($2::json) AS r (
        user_id varchar, hour integer, credited jsonb, slack_used integer, is_new boolean)
    ),
    updated_sessions AS (
      UPDATE watch_session s
      SET counted = r.counted, latest_seq = r.latest_seq, latest_at = r.latest_at,
          last_seen_at = transaction_timestamp()
      FROM session r
      WHERE s.user_id = r.user_id AND s.session_id = r.session_id AND NOT r.is_new AND ${named('s', '$4')}
    ),
    updated_hours AS (
      UPDATE watch_clock w SET credited = r.credited, slack_used = r.slack_used
      FROM hour r
      WHERE w.user_id = r.user_id AND w.hour = r.hour AND NOT r.is_new AND ${named('w', '$4')}
    ),
    forgotten AS (
      DELETE FROM watch_clock w USING hour r
      WHERE r.is_new AND w.user_id = r.user_id AND w.hour < $3 AND ${named('w', '$4')}
    ),
    inserted_sessions AS (
      INSERT INTO watch_session (user_id, session_id, counted, latest_seq, latest_at)
      SELECT user_id, session_id, counted, latest_seq, latest_at FROM session WHERE is_new
      ORDER BY user_id, session_id
      ON CONFLICT DO NOTHING RETURNING user_id
    ),
    inserted_hours AS (
      INSERT INTO watch_clock (user_id, hour, credited, slack_used)
      SELECT user_id, hour, credited, slack_used FROM hour WHERE is_new
      ORDER BY user_id, hour
      ON CONFLICT DO NOTHING RETURNING user_id
    )
    SELECT (SELECT count(*) FROM inserted_sessions)::int
           + (SELECT count(*) FROM inserted_hours)::int AS inserted`,
});
