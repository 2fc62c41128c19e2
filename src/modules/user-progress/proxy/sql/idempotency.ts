import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import type { StoredRecord } from '../../progress-record.js';

/** First results that are still remembered. $1: JSON array of { user_id, key }, $2: the users' names. */
export const findResults = statement({
  name: 'find-results',
  columns: {
    userId: column.varchar,
    key: column.varchar,
    fingerprint: column.text,
    result: column.jsonb<StoredRecord>(),
  },
  text: `
    SELECT i.user_id AS "userId", i.key, i.fingerprint, i.result
    FROM json_to_recordset($1::json) AS k (user_id varchar, key varchar)
    JOIN idempotency_key i ON i.user_id = k.user_id AND i.key = k.key
    WHERE ${named('i', '$2')} AND i.created_at > transaction_timestamp() - interval '1 day'`,
});

/** Stores first results. $1: JSON array of { user_id, key, fingerprint, result }, $2: the present time. */
export const saveResults = statement({
  name: 'save-results',
  columns: { key: column.varchar },
  text: `
    INSERT INTO idempotency_key AS i (user_id, key, fingerprint, result, created_at)
    SELECT user_id, key, fingerprint, result, $2::timestamptz
    FROM json_to_recordset($1::json) AS r (user_id varchar, key varchar, fingerprint text, result jsonb)
    ORDER BY user_id, key
    ON CONFLICT (user_id, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, result = excluded.result, created_at = excluded.created_at
      WHERE excluded.created_at - i.created_at >= interval '1 day'
    RETURNING i.key`,
});

/** A bounded number of results that are older than a day. */
export const oldResults = statement({
  name: 'old-results',
  columns: { userId: column.varchar, key: column.varchar },
  text: `
    SELECT user_id AS "userId", key FROM idempotency_key
    WHERE created_at < now() - interval '1 day'
    ORDER BY created_at LIMIT 1000`,
});

/** Deletes the results of learners $1 under keys $2, pair by pair, that are still older than a day. */
export const forgetResults = statement({
  name: 'forget-results',
  columns: { key: column.varchar },
  text: `
    WITH old AS MATERIALIZED (
      SELECT i.user_id, i.key
      FROM unnest($1::varchar[], $2::varchar[]) AS k (user_id, key)
      JOIN idempotency_key i ON i.user_id = k.user_id AND i.key = k.key
      WHERE i.user_id = ANY ($1::varchar[]) AND i.created_at < now() - interval '1 day'
      ORDER BY i.user_id, i.key
      FOR UPDATE OF i SKIP LOCKED
    )
    DELETE FROM idempotency_key i USING old o
    WHERE i.user_id = ANY ($1::varchar[]) AND i.user_id = o.user_id AND i.key = o.key
    RETURNING i.key`,
});
