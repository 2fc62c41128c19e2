import type { Statement } from '../../../../common/database/database.js';

/** Leaves course $1, held by lease $2, to whoever comes next; others that waited longer come first. */
export const releaseEvaluation: Statement = {
  name: 'release-evaluation',
  text: `
    UPDATE course SET evaluation_lease = clock_timestamp()
    WHERE course_id = $1 AND evaluation_lease = $2::timestamptz`,
};
