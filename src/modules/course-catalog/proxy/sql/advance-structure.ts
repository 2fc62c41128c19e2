import type { Statement } from '../../../../common/database/database.js';

/** Gives course $1 its next structure version: $2 whether its lessons are listed, $3 how many it has. */
export const advanceStructure: Statement = {
  name: 'advance-structure',
  text: `
    UPDATE course
    SET structure_version = structure_version + 1, lessons_listed = $2, lessons_total = $3
    WHERE course_id = $1`,
};
