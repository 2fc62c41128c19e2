import { column, statement } from '../../../../common/database/statement.js';

/**
 * Erases user $1 from the column that held a walk's position before `course_evaluation`: a process of the version
 * before may have left an id there. Goes when that column is dropped.
 */
export const forgetFormerPosition = statement({
  name: 'forget-former-position',
  columns: { erased: column.int4 },
  text: `
    WITH left_behind AS (
      UPDATE course SET evaluated_user_id = NULL WHERE evaluated_user_id = $1
      RETURNING 1
    )
    SELECT count(*)::int AS erased FROM left_behind`,
});
