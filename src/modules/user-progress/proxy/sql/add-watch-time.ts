import { statement } from '../../../../common/database/statement.js';
import { LESSON_OF_RECORD, RECORD, RECORD_ROW } from './record-columns.js';
import { SECONDS_MAXIMUM } from '../../evidence/limits.js';

/**
 * Adds watch time to live records and to their rollups, and commits it: the statement is its own transaction. Returns
 * the records as they are then. A record that is missing, deleted, or would hold too many seconds is not returned, and
 * nothing of it is changed.
 *
 * Watch time neither starts nor completes anything, so there is nothing to decide between reading and writing. PostgreSQL
 * updates the newest version of a row that another transaction changes meanwhile.
 *
 * Records are updated in (user, lesson) order, rollups in (user, course) order: the order of all transactions. The rollup
 * is upserted, not updated: an UPDATE would miss the one that another transaction inserted meanwhile, by moving the
 * record to another course.
 *
 * The input is JSON, since the planner's estimate of an array depends on its length: it would plan short ones anew each
 * time, which takes longer than the statement.
 * $1: JSON array of { user_id, lesson_id, seconds }, a record at most once.
 */
export const addWatchTime = statement({
  name: 'add-watch-time',
  columns: RECORD_ROW,
  text: `
    WITH input AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1::json) AS i (user_id varchar, lesson_id varchar, seconds integer)
      ORDER BY user_id, lesson_id
    ),
    added AS (
      UPDATE user_progress u
      SET watch_time_seconds = u.watch_time_seconds + i.seconds, updated_at = transaction_timestamp()
      FROM input i
      WHERE u.user_id = i.user_id AND u.lesson_id = i.lesson_id AND u.deleted_at IS NULL
        AND u.watch_time_seconds <= ${SECONDS_MAXIMUM} - i.seconds
      RETURNING u.*, i.seconds
    ),
    rollup AS (
      INSERT INTO course_progress AS p (user_id, course_id, watch_time_seconds, last_activity_at)
      SELECT user_id, course_id, sum(seconds), transaction_timestamp()
      FROM added GROUP BY user_id, course_id
      ORDER BY user_id, course_id
      ON CONFLICT (user_id, course_id) DO UPDATE SET
        watch_time_seconds = p.watch_time_seconds + excluded.watch_time_seconds,
        last_activity_at = excluded.last_activity_at
    )
    SELECT ${RECORD} FROM added u ${LESSON_OF_RECORD}`,
});
