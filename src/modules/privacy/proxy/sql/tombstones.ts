import { column, statement } from '../../../../common/database/statement.js';

/**
 * Puts up a user's tombstone, from which moment nothing new is recorded for them.
 * $1: user id, $2: in how many seconds their rows are to be looked for, $3: whether to begin again where they were
 * erased before.
 */
export const putTombstone = statement({
  name: 'put-tombstone',
  columns: {},
  text: `
    INSERT INTO erased_user (user_hash, user_id, next_sweep_at)
    VALUES (sha256(convert_to($1, 'UTF8')), $1, now() + make_interval(secs => $2))
    ON CONFLICT (user_hash) DO UPDATE
      SET user_id = excluded.user_id, next_sweep_at = excluded.next_sweep_at,
          erased_at = excluded.erased_at, finished_at = NULL
      WHERE $3::boolean`,
});

/**
 * Takes some erasures that are due for this process, until they are due again. One is settled when no write can be
 * under way any more that had not seen its tombstone. $1: how many, $2: after how many seconds that is so.
 */
export const claimErasures = statement({
  name: 'claim-erasures',
  columns: { userId: column.varchar, settled: column.bool },
  text: `
    UPDATE erased_user
    SET next_sweep_at = now() + make_interval(secs => $2)
    WHERE user_hash IN (
      SELECT user_hash FROM erased_user
      WHERE finished_at IS NULL AND next_sweep_at <= now()
      ORDER BY next_sweep_at LIMIT $1
      FOR UPDATE SKIP LOCKED)
    RETURNING user_id AS "userId", erased_at <= now() - make_interval(secs => $2) AS settled`,
});

/** Forgets even the id: what stays is the tombstone. $1: user id */
export const finishErasure = statement({
  name: 'finish-erasure',
  columns: {},
  text: `
    UPDATE erased_user SET user_id = NULL, next_sweep_at = NULL, finished_at = now()
    WHERE user_hash = sha256(convert_to($1, 'UTF8'))`,
});
