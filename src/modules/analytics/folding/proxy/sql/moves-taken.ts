/** A SELECT of the moves (`journal/move.ts`) in rows of the journal, complete: what a move leaves out is the row's. */
export const movesIn = (journal: string): string => `
      SELECT COALESCE(m.k, 'l') AS k, COALESCE(m.u, line.user_id) AS u, m.c, m.l, COALESCE(m.t, line.quarter) AS t,
             m.s, m.f, m.w, m.q, m.r, m.up, m.dn, m.au, m.ad, m.d, m.p,
             COALESCE(m.a, CASE WHEN m.t IS NULL AND m.p > 0 THEN line.second - line.quarter * 900::bigint + 1 END)::int AS a,
             m.j, m.e, m.x, m.n
      FROM (
        SELECT user_id, moves, second, (second / 900)::int AS quarter
        FROM (SELECT user_id, moves, floor(extract(epoch FROM at))::bigint AS second FROM ${journal}) j
      ) line
      CROSS JOIN LATERAL json_to_recordset(line.moves) AS m (
        k text, u varchar, c varchar, l varchar, t integer,
        s integer, f integer, w bigint, q bigint, r bigint,
        up integer[], dn integer[], au integer[], ad integer[],
        d integer, p bigint, a integer, j integer, e integer, x integer, n integer)`;

/**
 * Rows beyond so many stored bytes wait for the next fold. Lone beats have 220 bytes a move; a batch of 256 has 25,
 * since PostgreSQL compresses large rows. So a fold has 1,200 to 10,000 moves, or 2 MB of JSON: it takes half a second.
 */
const BYTES_MAXIMUM = 256 * 1_024;

/**
 * Takes up to $1 rows out of the journal, the oldest first, and reads their moves; one row at least, whatever its size.
 * What an erased learner moved on days and in courses is left out: it would be taken back at once.
 */
export const MOVES_TAKEN = `
    taken AS MATERIALIZED (
      DELETE FROM analytics_journal
      WHERE id = ANY (ARRAY(
        SELECT id FROM (
          SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS bytes_before
          FROM (SELECT id, pg_column_size(moves) AS bytes FROM analytics_journal ORDER BY id LIMIT $1) oldest
        ) due WHERE bytes_before < ${BYTES_MAXIMUM}))
      RETURNING user_id, at, moves
    ),
    move AS MATERIALIZED (${movesIn('taken')}
    ),
    erased AS MATERIALIZED (
      SELECT DISTINCT u AS user_id FROM move WHERE k = 'e'
    )`;

/** Whether a limit ended what was taken, so that there is more. */
export const TAKEN_IS_FULL = `(
      SELECT count(*) >= $1 OR COALESCE(sum(pg_column_size(moves)), 0) >= ${BYTES_MAXIMUM} FROM taken)`;

/** Whether the learner of a move, or of another row, is not being erased. */
export const isNotErased = (userId: string): string =>
  `NOT EXISTS (SELECT FROM erased WHERE erased.user_id = ${userId})`;

/** The day of a quarter of an hour (counted from 1970) in the time zone $2. */
export const dayOf = (quarter: string): string =>
  `(to_timestamp(${quarter} * 900::float8) AT TIME ZONE $2)::date`;
