/**
 * A SELECT of `user_id`, any learner of the moves; `at`, the transaction's time; and `moves`, a JSON array of them
 * (`journal/move.ts`). No row: there are none.
 */
export type Moves = string;

const NOW = 'transaction_timestamp()';

/**
 * The common table expression `cte`, which journals moves in the transaction of its statement: they are folded only if
 * that commits. Each part that has moves makes a row of the journal. Returns `id`.
 */
export function appendToJournal(cte: string, ...parts: Moves[]): string {
  return `
    ${cte} AS (
      INSERT INTO analytics_journal (user_id, at, moves)
      ${parts.join(`
      UNION ALL `)}
      RETURNING id
    )`;
}

/**
 * The moves that a batch's changes make, as the parameters $user and $moves (`storedMoves`; null: there are none).
 * @param at the time of the transaction by which these were made
 */
export const givenMoves = (user: string, moves: string, at: string = NOW): Moves =>
  `SELECT ${user}::varchar AS user_id, ${at} AS at, ${moves}::json AS moves WHERE ${moves} IS NOT NULL`;

/** 1 if a rollup makes its user a learner of the course, else 0. The second condition may be null: then it is false. */
export const isLearner = (hasLessons: string, hasCompleted: string): string =>
  `COALESCE(${hasLessons} OR ${hasCompleted}, ${hasLessons})::int`;

/**
 * Of rows of a common table expression whose learner joined the course (`joined` 1), left it (-1), or completed it.
 * `completed_at`: null where that is not known yet, or was told before.
 * @param from its name; it has `user_id`, `course_id`, `joined`, and the rollup's `created_at` and `completed_at`
 */
export const learnerMoves = (from: string): Moves =>
  gathered(`
          SELECT user_id, json_strip_nulls(json_build_object(
            'k', 'c', 'u', user_id, 'c', course_id, 'j', joined,
            'e', ${quarter('created_at')}, 'x', ${quarter('completed_at')})) AS move
          FROM ${from} WHERE joined <> 0 OR completed_at IS NOT NULL`);

/**
 * Of certificates that were issued, or are erased with sign -1.
 * @param from the common table expression; it has `user_id`, `course_id`, `issued_at`
 */
export const certificateMoves = (from: string, sign: 1 | -1): Moves =>
  gathered(`
          SELECT user_id, json_build_object(
            'k', 'i', 'u', user_id, 'c', course_id, 't', ${quarter('issued_at')}, 'n', ${sign}) AS move
          FROM ${from} WHERE issued_at IS NOT NULL`);

/**
 * Of records that are erased: they take all that they gave to their lessons with them.
 * @param from the common table expression with the deleted rows of `user_progress`
 */
export const erasedRecordMoves = (from: string): Moves =>
  gathered(`
          SELECT user_id, json_build_object(
            'k', 'l', 'u', user_id, 'c', course_id, 'l', lesson_id, 't', ${quarter('now()')},
            's', -1, 'f', -completed::int, 'w', -watch_time_seconds, 'q', -unique_seconds, 'r', -rewatched_seconds,
            'up', ${ends('upper', 'watched')}, 'dn', ${ends('lower', 'watched')},
            'au', ${ends('upper', 'watched_again')}, 'ad', ${ends('lower', 'watched_again')}) AS move
          FROM ${from} WHERE deleted_at IS NULL`);

/**
 * Of records to which watch time was added now, and nothing else. The frequent case: JSON as a text costs half of what
 * PostgreSQL's functions for JSON do. Ids have no character that JSON would escape (`common/id.ts`).
 * @param from the common table expression with the changed rows of `user_progress`, and `seconds`
 */
export const watchTimeMoves = (from: string): Moves => `
          SELECT min(user_id) AS user_id, ${NOW} AS at,
                 ('[' || string_agg('{"u":"' || user_id || '",' || ${watchTimeMove('seconds')}, ',') || ']')::json AS moves
          FROM ${from} HAVING count(*) > 0`;

/** The same of at most one record. @param seconds a parameter */
export const oneWatchTimeMove = (from: string, seconds: string): Moves =>
  `SELECT user_id, ${NOW} AS at, ('[{' || ${watchTimeMove(seconds)} || ']')::json AS moves FROM ${from}`;

/** The rest of a move, after its brace. Its time is the row's. */
const watchTimeMove = (seconds: string): string =>
  `'"c":"' || course_id || '","l":"' || lesson_id || '","w":' || ${seconds} || ',"p":' || ${seconds} || '}'`;

const gathered = (moves: string): string =>
  `SELECT min(user_id) AS user_id, ${NOW} AS at, json_agg(move) AS moves FROM (${moves}) moves HAVING count(*) > 0`;

const quarter = (at: string): string => `floor(extract(epoch FROM ${at}) / 900)::int`;

/** The seconds at which stretches begin or end: erasing turns the one into the other. */
const ends = (which: 'lower' | 'upper', ranges: string): string =>
  `ARRAY(SELECT ${which}(range) FROM unnest(${ranges}) range)`;
