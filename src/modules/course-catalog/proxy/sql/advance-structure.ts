import { statement } from '../../../../common/database/statement.js';

/**
 * Gives course $1 its next structure version: $2 whether its lessons are listed, $3 how many it has. A
 * trigger of the table requests the evaluation of the course's learners in the same transaction (`course_evaluation`).
 */
export const advanceStructure = statement({
  name: 'advance-structure',
  columns: {},
  text: `
    UPDATE course
    SET structure_version = structure_version + 1, lessons_listed = $2, lessons_total = $3,
        structure_changed_at = now()
    WHERE course_id = $1`,
});
