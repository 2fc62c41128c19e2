import { named } from '../../../../common/database/placement/named.js';
import { statement } from '../../../../common/database/statement.js';
import { appendToJournal, watchTimeMoves } from '../../../analytics/journal/proxy/sql/append.js';
import { LESSON_OF_RECORD, RECORD, RECORD_ROW } from './record-columns.js';
import { SECONDS_MAXIMUM } from '../../evidence/limits.js';

/**
 * Adds watch time to live records and to their rollups, and commits it: the statement is its own transaction. Returns
 * the records as they are then. A record that is missing, deleted, or would hold too many seconds is not returned, and
 * nothing of it is changed.
 *
 * Watch time neither starts nor completes anything, so there is nothing to decide between reading and writing. A record
 * that another transaction changes meanwhile is locked, judged and updated as it is after that transaction.
 *
 * Records are locked in (user, lesson) order, then rollups in (user, course) order: the order of all transactions, which
 * could deadlock otherwise. The rollup is upserted, not updated: an UPDATE would miss the one that another transaction
 * inserted meanwhile, by moving the record to another course.
 *
 * $1: JSON array of { user_id, lesson_id, seconds }, a record at most once. JSON, since the planner's estimate of an
 * array depends on its length: it would plan short ones anew each time, which takes longer than the statement. $2: the learners' names, see `named`.
 */
export const addWatchTime = statement({
  name: 'add-watch-time',
  columns: RECORD_ROW,
  text: `
    WITH input AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1::json) AS i (user_id varchar, lesson_id varchar, seconds integer)
    ),
    locked AS MATERIALIZED (
      SELECT * FROM (
        SELECT u.user_id, u.lesson_id, i.seconds
        FROM input i
        JOIN user_progress u ON u.user_id = i.user_id AND u.lesson_id = i.lesson_id
        WHERE ${named('u', '$2')} AND u.deleted_at IS NULL
          AND u.watch_time_seconds <= ${SECONDS_MAXIMUM} - i.seconds
        ORDER BY u.user_id, u.lesson_id
        FOR NO KEY UPDATE OF u) record
    ),
    added AS (
      UPDATE user_progress u
      SET watch_time_seconds = u.watch_time_seconds + k.seconds, updated_at = transaction_timestamp()
      FROM locked k
      WHERE ${named('u', '$2')} AND u.user_id = k.user_id AND u.lesson_id = k.lesson_id
      RETURNING u.*, k.seconds
    ),
    rollup AS (
      INSERT INTO course_progress AS p (user_id, course_id, watch_time_seconds, last_activity_at)
      SELECT user_id, course_id, sum(seconds), transaction_timestamp()
      FROM added GROUP BY user_id, course_id
      ORDER BY user_id, course_id
      ON CONFLICT (user_id, course_id) DO UPDATE SET
        watch_time_seconds = p.watch_time_seconds + excluded.watch_time_seconds,
        last_activity_at = excluded.last_activity_at
    ),
    ${appendToJournal('journalled', watchTimeMoves('added'))}
    SELECT ${RECORD} FROM added u ${LESSON_OF_RECORD}`,
});
