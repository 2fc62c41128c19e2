import { statement } from '../../../../common/database/statement.js';

/**
 * Inserts missing rollups, so that they can be locked and counted. A learner without a rollup in a course has no record
 * at home in it, so nothing is misplaced: the rollup is of the present structure. $1: JSON array of { user_id,
 * course_id }.
 */
export const ensureRollups = statement({
  name: 'ensure-rollups',
  columns: {},
  text: `
    INSERT INTO course_progress (user_id, course_id, structure_version)
    SELECT k.user_id, k.course_id, COALESCE(c.structure_version, 0)
    FROM json_to_recordset($1::json) AS k (user_id varchar, course_id varchar)
    LEFT JOIN LATERAL (
      SELECT structure_version FROM course WHERE course_id = k.course_id LIMIT 1) c ON true
    ORDER BY k.user_id, k.course_id
    ON CONFLICT DO NOTHING`,
});
