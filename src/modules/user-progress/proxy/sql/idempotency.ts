import { column, statement } from '../../../../common/database/statement.js';
import type { StoredRecord } from '../../progress-record.js';

/** First results that are still remembered. $1: JSON array of { user_id, key }. */
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
    WHERE i.created_at > transaction_timestamp() - interval '1 day'`,
});

/** Stores first results. $1: JSON array of { user_id, key, fingerprint, result }. */
export const saveResults = statement({
  name: 'save-results',
  columns: { key: column.varchar },
  text: `
    INSERT INTO idempotency_key AS i (user_id, key, fingerprint, result, created_at)
    SELECT user_id, key, fingerprint, result, transaction_timestamp()
    FROM json_to_recordset($1::json) AS r (user_id varchar, key varchar, fingerprint text, result jsonb)
    ORDER BY user_id, key
    ON CONFLICT (user_id, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, result = excluded.result, created_at = excluded.created_at
      WHERE i.created_at <= transaction_timestamp() - interval '1 day'
    RETURNING i.key`,
});

/** Deletes a bounded number of results that are older than a day; returns one row for each. */
export const forgetResults = statement({
  name: 'forget-results',
  columns: { key: column.varchar },
  text: `
    DELETE FROM idempotency_key
    WHERE (user_id, key) IN (
      SELECT user_id, key FROM idempotency_key
      WHERE created_at < now() - interval '1 day'
      ORDER BY created_at LIMIT 1000
      FOR UPDATE SKIP LOCKED)
    RETURNING key`,
});
