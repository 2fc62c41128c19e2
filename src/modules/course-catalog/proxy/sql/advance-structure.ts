import { statement } from '../../../../common/database/statement.js';

/**
 * Gives course $1 its next structure version: $2 whether its lessons are listed, $3 how many it has. Whoever evaluates
 * the one before loses the lease, and the evaluation begins again with the first learner.
 */
export const advanceStructure = statement({
  name: 'advance-structure',
  columns: {},
  text: `
    UPDATE course
    SET structure_version = structure_version + 1, lessons_listed = $2, lessons_total = $3,
        structure_changed_at = now(),
        evaluation_begun_at = NULL, evaluated_user_id = NULL, evaluation_lease = NULL
    WHERE course_id = $1`,
});
