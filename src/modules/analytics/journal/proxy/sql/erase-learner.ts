import { column, statement } from '../../../../../common/database/statement.js';

/**
 * Journals that a learner is erased. The folder then deletes their days and states, after everything that was journalled
 * about them before. Nothing is erased here. $1: user id
 */
export const eraseLearner = statement({
  name: 'erase-learner-of-analytics',
  columns: { erased: column.int4 },
  text: `
    WITH journalled AS (
      INSERT INTO analytics_journal (user_id, moves)
      VALUES ($1::varchar, json_build_array(json_build_object('k', 'e', 'u', $1::varchar)))
    )
    SELECT 0 AS erased`,
});
