import type { Statement } from '../../../../common/database/database.js';

/** First results that are still remembered. $1: JSON array of { user_id, key }. */
export const findResults: Statement = {
  name: 'find_results',
  text: `
    SELECT i.user_id, i.key, i.fingerprint, i.result
    FROM json_to_recordset($1::json) AS k (user_id varchar, key varchar)
    JOIN idempotency_key i ON i.user_id = k.user_id AND i.key = k.key
    WHERE i.created_at > transaction_timestamp() - interval '1 day'`,
};

/** Remembers first results. $1: JSON array of { user_id, key, fingerprint, result }. */
export const saveResults: Statement = {
  name: 'save_results',
  text: `
    INSERT INTO idempotency_key AS i (user_id, key, fingerprint, result, created_at)
    SELECT user_id, key, fingerprint, result, transaction_timestamp()
    FROM json_to_recordset($1::json) AS r (user_id varchar, key varchar, fingerprint text, result jsonb)
    ORDER BY user_id, key
    ON CONFLICT (user_id, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, result = excluded.result, created_at = excluded.created_at
      WHERE i.created_at <= transaction_timestamp() - interval '1 day'
    RETURNING i.key`,
};

/** Forgets a bounded number of results that are older than a day. */
export const forgetResults: Statement = {
  name: 'forget_results',
  text: `
    DELETE FROM idempotency_key
    WHERE (user_id, key) IN (
      SELECT user_id, key FROM idempotency_key
      WHERE created_at < now() - interval '1 day'
      ORDER BY created_at LIMIT 1000
      FOR UPDATE SKIP LOCKED)
    RETURNING 1`,
};
