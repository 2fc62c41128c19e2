import { column, statement } from '../../../../common/database/statement.js';

/**
 * Inserts a user's tombstone. From then on, nothing new is recorded for the user.
 * $1: user id, $2: seconds until their rows are looked for, $3: whether to begin again when they were erased before.
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
 * Claims some erasures that are due; they are due again after $2 seconds. `settled`: every transaction that had not
 * seen the tombstone has ended. $1: how many, $2: seconds after which that is certain.
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

/** Deletes the user's id too; the tombstone with its hash stays. $1: user id */
export const finishErasure = statement({
  name: 'finish-erasure',
  columns: {},
  text: `
    UPDATE erased_user SET user_id = NULL, next_sweep_at = NULL, finished_at = now()
    WHERE user_hash = sha256(convert_to($1, 'UTF8'))`,
});
