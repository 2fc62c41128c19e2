import { statement } from '../../../../common/database/statement.js';

/**
 * Requests the evaluation of courses with unreconciled lessons that have none: in a rolling deploy, a process of the
 * version before ended it without reconciling them.
 */
export const requestEvaluations = statement({
  name: 'request-evaluations',
  columns: {},
  text: `
    INSERT INTO course_evaluation (course_id, structure_version, structure_changed_at)
    SELECT c.course_id, c.structure_version, c.structure_changed_at
    FROM (SELECT DISTINCT course_id FROM unreconciled_lesson) s
    JOIN course c ON c.course_id = s.course_id
    WHERE NOT EXISTS (SELECT FROM course_evaluation e WHERE e.course_id = s.course_id)
    ON CONFLICT DO NOTHING`,
});
