import type { Statement } from '../../../../common/database/database.js';
import { LESSON_OF_RECORD, RECORD_COLUMNS } from './record-columns.js';

/**
 * Locks the rows of a batch, in (user, lesson) order, so that two processes never wait for each other in a circle.
 * Gives the database's clock with each row, and alone where there is none.
 * $1: JSON array of { user_id, lesson_id }, without repetition.
 */
export const lockRecords: Statement = {
  name: 'lock_records',
  text: `
    WITH locked AS (
      SELECT ${RECORD_COLUMNS}
      FROM json_to_recordset($1::json) AS k (user_id varchar, lesson_id varchar)
      JOIN user_progress u ON u.user_id = k.user_id AND u.lesson_id = k.lesson_id
      ${LESSON_OF_RECORD}
      ORDER BY u.user_id, u.lesson_id
      FOR NO KEY UPDATE OF u
    )
    SELECT time.now, locked.*
    FROM (SELECT transaction_timestamp() AS now) time LEFT JOIN locked ON true`,
};
