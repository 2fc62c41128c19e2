import type { Statement } from '../../../../common/database/database.js';
import { RECORD_COLUMNS } from './record-columns.js';

/**
 * Locks the rows of a batch, in (user, lesson) order, so that two processes never wait for each other in a circle.
 * $1: JSON array of { user_id, lesson_id }, without repetition. Always gives at least the database's clock.
 */
export const lockRecords: Statement = {
  name: 'lock_records',
  text: `
    SELECT ${RECORD_COLUMNS}
    FROM json_to_recordset($1::json) AS k (user_id varchar, lesson_id varchar)
    JOIN user_progress u ON u.user_id = k.user_id AND u.lesson_id = k.lesson_id
    LEFT JOIN course_lesson l ON l.course_id = u.course_id AND l.lesson_id = u.lesson_id
    ORDER BY u.user_id, u.lesson_id
    FOR NO KEY UPDATE OF u`,
};

/** The database's clock, which every timestamp of a batch is taken from. */
export const transactionTime: Statement = {
  name: 'transaction_time',
  text: `SELECT transaction_timestamp() AS now`,
};
