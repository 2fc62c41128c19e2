import { column, statement } from '../../../../common/database/statement.js';

/** A learner's sessions after an id. $1: user id, $2: session id, $3: how many */
export const exportSessions = statement({
  name: 'export-sessions',
  columns: {
    sessionId: column.varchar,
    counted: column.multirange,
    latest_seq: column.nullable(column.int4),
    latest_at: column.nullable(column.timestamptz),
    last_seen_at: column.timestamptz,
  },
  text: `
    SELECT session_id AS "sessionId", counted, latest_seq, latest_at, last_seen_at
    FROM watch_session WHERE user_id = $1 AND session_id > $2 ORDER BY session_id LIMIT $3`,
});

/** The hours of a learner's clock after an hour. $1: user id, $2: hours since 1970, $3: how many */
export const exportClock = statement({
  name: 'export-clock',
  columns: {
    hour: column.int4,
    credited: column.jsonb<Record<string, [from: number, to: number][]>>(),
    slack_used_seconds: column.int4,
  },
  text: `
    SELECT hour, credited, slack_used AS slack_used_seconds
    FROM watch_clock WHERE user_id = $1 AND hour > $2 ORDER BY hour LIMIT $3`,
});

/** A learner's idempotency keys after a key; each refers to a lesson and seconds. $1: user id, $2: key, $3: how many */
export const exportIdempotencyKeys = statement({
  name: 'export-idempotency-keys',
  columns: {
    key: column.varchar,
    lessonId: column.text,
    seconds: column.int4,
    createdAt: column.timestamptz,
  },
  text: `
    SELECT key, split_part(fingerprint, ' ', 1) AS "lessonId", split_part(fingerprint, ' ', 2)::integer AS seconds,
           created_at AS "createdAt"
    FROM idempotency_key WHERE user_id = $1 AND key > $2 ORDER BY key LIMIT $3`,
});
