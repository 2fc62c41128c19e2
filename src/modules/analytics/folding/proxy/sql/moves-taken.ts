/** The moves of a row of the journal, as rows `m`. */
export const MOVES_AS_ROWS = `json_to_recordset(moves) AS m (
        k text, u varchar, c varchar, l varchar, t integer,
        s integer, f integer, w bigint, q bigint, r bigint,
        up integer[], dn integer[], au integer[], ad integer[],
        d integer, p bigint, a integer, j integer, e integer, x integer, n integer)`;

/**
 * Takes up to $1 rows out of the journal, the oldest first, and reads their moves (`journal/move.ts`). What an erased
 * learner moved on days and in courses is left out: it would be taken back at once.
 */
export const MOVES_TAKEN = `
    taken AS MATERIALIZED (
      DELETE FROM analytics_journal
      WHERE id = ANY (ARRAY(SELECT id FROM analytics_journal ORDER BY id LIMIT $1))
      RETURNING moves
    ),
    move AS MATERIALIZED (
      SELECT m.*
      FROM taken CROSS JOIN LATERAL ${MOVES_AS_ROWS}
    ),
    erased AS MATERIALIZED (
      SELECT DISTINCT u AS user_id FROM move WHERE k = 'e'
    )`;

/** Whether the learner of a move, or of another row, is not being erased. */
export const isNotErased = (userId: string): string =>
  `NOT EXISTS (SELECT FROM erased WHERE erased.user_id = ${userId})`;

/** The day of a quarter of an hour (counted from 1970) in the time zone $2. */
export const dayOf = (quarter: string): string =>
  `(to_timestamp(${quarter} * 900::float8) AT TIME ZONE $2)::date`;
