import { column, statement } from '../../../../common/database/statement.js';

/** Erases user $1 as a walk's position. The walk begins again; learners already evaluated are not recounted. */
export const forgetWalkPosition = statement({
  name: 'forget-walk-position',
  columns: { erased: column.int4 },
  text: `
    WITH left_behind AS (
      UPDATE course_evaluation SET evaluated_user_id = NULL WHERE evaluated_user_id = $1
      RETURNING 1
    )
    SELECT count(*)::int AS erased FROM left_behind`,
});
