/** The entry of learner $1 with id $2, as long as lease $3 holds. After that, another process settles it. */
const HELD = 'user_id = $1 AND id = $2 AND lease_token = $3';

/** The common table expression `cte`, which deletes the delivered entry. Returns its learner and course. */
export const completeEntry = (cte: string): string => `
    ${cte} AS (
      DELETE FROM outbox WHERE ${HELD}
      RETURNING user_id, course_id
    )`;

/**
 * The common table expression `cte`, which parks the entry: it is kept, but not tried again. `reason`: SQL of a text.
 */
export const parkEntry = (cte: string, reason: string): string => `
    ${cte} AS (
      UPDATE outbox SET parked_at = now(), lease_token = NULL, last_error = ${reason}
      WHERE ${HELD}
      RETURNING user_id, course_id
    )`;

/**
 * The common table expression `cte`, which makes the entry due again. `seconds`, `reason`: SQL of a number, of a text.
 */
export const retryEntry = (cte: string, seconds: string, reason: string): string => `
    ${cte} AS (
      UPDATE outbox
      SET next_attempt_at = now() + make_interval(secs => ${seconds}), lease_token = NULL, last_error = ${reason}
      WHERE ${HELD}
      RETURNING user_id, course_id
    )`;
