import type { Statement } from '../../../../common/database/database.js';

/**
 * The next $4 learners of course $1 behind user $2, and whether their rollup was counted against another structure
 * than version $3. All learners, not only those: looking for the few would have no bound.
 */
export const nextLearners: Statement = {
  name: 'next-learners',
  text: `
    SELECT user_id AS "userId", structure_version <> $3 AS stale
    FROM course_progress
    WHERE course_id = $1 AND user_id > $2
    ORDER BY user_id
    LIMIT $4`,
};
