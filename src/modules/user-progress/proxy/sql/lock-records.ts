import { column, statement } from '../../../../common/database/statement.js';
import { LESSON_OF_RECORD, RECORD, RECORD_ROW } from './record-columns.js';

/**
 * Locks the rows of a batch, in (user, lesson) order: two processes that lock in different orders would deadlock.
 * Returns the database's clock with each row. When no row is locked, it returns one row with the clock and null in all
 * other columns.
 * $1: JSON array of { user_id, lesson_id }, without repetition.
 */
export const lockRecords = statement({
  name: 'lock-records',
  columns: { now: column.timestamptz, ...RECORD_ROW },
  text: `
    WITH locked AS (
      SELECT ${RECORD}
      FROM json_to_recordset($1::json) AS k (user_id varchar, lesson_id varchar)
      JOIN user_progress u ON u.user_id = k.user_id AND u.lesson_id = k.lesson_id
      ${LESSON_OF_RECORD}
      ORDER BY u.user_id, u.lesson_id
      FOR NO KEY UPDATE OF u
    )
    SELECT time.now, locked.*
    FROM (SELECT transaction_timestamp() AS now) time LEFT JOIN locked ON true`,
});
