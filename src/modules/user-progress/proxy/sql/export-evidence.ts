import { column, statement } from '../../../../common/database/statement.js';
import { IS_CUT, pageOfRows } from '../../../privacy/proxy/sql/page-of-rows.js';

/** A learner's sessions after an id. $1: user id, $2: session id, $3: how many */
export const exportSessions = statement({
  name: 'export-sessions',
  columns: {
    sessionId: column.varchar,
    counted: column.multirange,
    latest_seq: column.nullable(column.int4),
    latest_at: column.nullable(column.timestamptz),
    last_seen_at: column.timestamptz,
    isCut: column.bool,
  },
  text: `
    SELECT session_id AS "sessionId", counted, latest_seq, latest_at, last_seen_at, ${IS_CUT} AS "isCut"
    FROM ${pageOfRows('watch_session', { position: 'session_id', ranges: ['counted'] })} s
    ORDER BY session_id`,
});

/** The hours of a learner's clock after an hour. $1: user id, $2: hours since 1970, $3: how many */
export const exportClock = statement({
  name: 'export-clock',
  columns: {
    hour: column.int4,
    credited: column.jsonb<Record<string, [from: number, to: number][]>>(),
    slack_used_seconds: column.int4,
    isCut: column.bool,
  },
  text: `
    SELECT hour, credited, slack_used AS slack_used_seconds, ${IS_CUT} AS "isCut"
    FROM ${pageOfRows('watch_clock', { position: 'hour', ranges: ['credited'] })} w
    ORDER BY hour`,
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
