import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';
import { appendToJournal, givenMoves } from '../../../analytics/journal/proxy/sql/append.js';
import { rowsOf } from './key-rows.js';
import { ASSIGNED_WATCHED, WATCHED_TYPES, WATCHED_COLUMNS } from './written-columns.js';

/** Rows of the parameters from the given number on, which are arrays of these types. */
const rowsFrom = (first: number, type: string, ...types: string[]): string =>
  rowsOf(
    `$${first}::${type}[]`,
    ...types.map((other, index) => `$${first + index + 1}::${other}[]`),
  );

const sessionsFrom = (first: number): string => `
  ${rowsFrom(first, 'varchar', 'varchar', 'int4multirange', 'integer', 'timestamptz')}
    AS i (user_id, session_id, counted, latest_seq, latest_at)`;

const hoursFrom = (first: number): string => `
  ${rowsFrom(first, 'varchar', 'integer', 'jsonb', 'integer')}
    AS i (user_id, hour, credited, slack_used)`;

const NAMES = 16 + WATCHED_TYPES.length;
const [JOURNAL_USER, MOVES] = [NAMES + 1, NAMES + 2];
const FIRST_OF_NEW = MOVES + 1;
const NEW_HOURS = FIRST_OF_NEW + 5;
const OLDEST_HOUR = NEW_HOURS + 4;

const updatedRows = `
    session AS (
      UPDATE watch_session s
      SET counted = i.counted, latest_seq = i.latest_seq, latest_at = i.latest_at,
          last_seen_at = $1::timestamptz
      FROM ${sessionsFrom(2)}
      WHERE s.user_id = i.user_id AND s.session_id = i.session_id AND ${named('s', `$${NAMES}`)}
    ),
    hour AS (
      UPDATE watch_clock w SET credited = i.credited, slack_used = i.slack_used
      FROM ${hoursFrom(7)}
      WHERE w.user_id = i.user_id AND w.hour = i.hour AND ${named('w', `$${NAMES}`)}
    ),
    record AS (
      UPDATE user_progress u SET ${ASSIGNED_WATCHED}, updated_at = $1::timestamptz
      FROM ${rowsFrom(14, 'varchar', 'uuid', ...WATCHED_TYPES)}
        AS i (user_id, id, ${WATCHED_COLUMNS})
      WHERE u.user_id = i.user_id AND u.id = i.id AND ${named('u', `$${NAMES}`)}
    ),
    locked AS (
      SELECT * FROM (
        SELECT p.user_id, p.course_id, i.seconds
        FROM ${rowsFrom(11, 'varchar', 'varchar', 'bigint')} AS i (user_id, course_id, seconds)
        JOIN course_progress p ON p.user_id = i.user_id AND p.course_id = i.course_id
        WHERE ${named('p', `$${NAMES}`)}
        ORDER BY p.user_id, p.course_id
        FOR NO KEY UPDATE OF p) rollup
    ),
    ${appendToJournal('journalled', givenMoves(`$${JOURNAL_USER}`, `$${MOVES}`, '$1::timestamptz'))}`;

const updateRollups = `
    UPDATE course_progress p
    SET watch_time_seconds = p.watch_time_seconds + i.seconds, last_activity_at = $1::timestamptz
    FROM locked i
    WHERE p.user_id = i.user_id AND p.course_id = i.course_id AND ${named('p', `$${NAMES}`)}`;

/**
 * Writes a batch in which lessons were only watched: nothing can have become complete, and all rows are there and
 * locked, but the rollups. These are locked here in (user, course) order, as `writeProgress` locks them: another order
 * could deadlock.
 *
 * $1: the transaction's time. $2 to $6: sessions, as arrays of user, session, ranges of counted numbers, latest number,
 * latest time. $7 to $10: hours of clocks, as arrays of user, hour, credited ranges, slack used. $11 to $13: rollups, as
 * arrays of user, course, seconds to add. $14, $15: user and id of each record. The rest: `WATCHED_COLUMNS`; null for a
 * large value that did not change. Then the users' names, and what the batch moves in analytics: `storedMoves`, or nulls.
 */
export const writeWatched = statement({
  name: 'write-watched',
  columns: {},
  text: `WITH ${updatedRows} ${updateRollups}`,
});

/**
 * The same, with sessions and hours that are new: their arrays follow. If another process inserted one first, ours is
 * not written: `inserted` is then less than their number, and the batch must start over. A learner's new hour deletes
 * their hours before the last parameter, which is an hour: beats that old are rejected anyway.
 */
export const writeWatchedAnew = statement({
  name: 'write-watched-anew',
  columns: { inserted: column.int4 },
  text: `
    WITH ${updatedRows},
    rollup AS (${updateRollups}),
    forgotten AS (
      DELETE FROM watch_clock w USING ${hoursFrom(NEW_HOURS)}
      WHERE w.user_id = i.user_id AND w.hour < $${OLDEST_HOUR}::integer AND ${named('w', `$${NAMES}`)}
    ),
    inserted_sessions AS (
      INSERT INTO watch_session (user_id, session_id, counted, latest_seq, latest_at, last_seen_at)
      SELECT user_id, session_id, counted, latest_seq, latest_at, $1::timestamptz
      FROM ${sessionsFrom(FIRST_OF_NEW)}
      ORDER BY user_id, session_id
      ON CONFLICT DO NOTHING RETURNING user_id
    ),
    inserted_hours AS (
      INSERT INTO watch_clock (user_id, hour, credited, slack_used)
      SELECT user_id, hour, credited, slack_used
      FROM ${hoursFrom(NEW_HOURS)}
      ORDER BY user_id, hour
      ON CONFLICT DO NOTHING RETURNING user_id
    )
    SELECT (SELECT count(*) FROM inserted_sessions)::int
           + (SELECT count(*) FROM inserted_hours)::int AS inserted`,
});
