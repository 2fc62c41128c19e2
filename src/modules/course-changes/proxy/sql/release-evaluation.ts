import { statement } from '../../../../common/database/statement.js';

/** Releases course $1, held by token $2. Courses that have waited longer are claimed first. */
export const releaseEvaluation = statement({
  name: 'release-evaluation',
  columns: {},
  text: `
    UPDATE course_evaluation SET lease_token = NULL, lease_ends_at = clock_timestamp()
    WHERE course_id = $1 AND lease_token = $2`,
});
