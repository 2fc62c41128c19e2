import { column, statement } from '../../../../../common/database/statement.js';

/** Rows that one statement looks at: it takes some milliseconds. */
const PORTION = 1_000;

/**
 * Looks at a portion of learners' days, in the order of their key, and deletes those that are more than $3 days ago.
 * Nobody folds moves of such days: `lockState` leaves them out one day earlier.
 * Returns the last day of the portion, or no row behind the end. $1: user id, $2: day, to begin after
 */
export const forgetDays = statement({
  name: 'forget-days',
  columns: { userId: column.varchar, day: column.text },
  text: `
    WITH portion AS MATERIALIZED (
      SELECT user_id, day FROM learner_day
      WHERE (user_id, day) > ($1, $2::date) ORDER BY user_id, day LIMIT ${PORTION}
    ),
    gone AS (
      DELETE FROM learner_day d USING portion p
      WHERE d.user_id = p.user_id AND d.day = p.day
        AND p.day < (transaction_timestamp() AT TIME ZONE 'UTC')::date - $3::int - 1
    )
    SELECT user_id AS "userId", day::text AS day
    FROM portion ORDER BY user_id DESC, portion.day DESC LIMIT 1`,
});
