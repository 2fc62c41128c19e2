import { column, statement } from '../../../../common/database/statement.js';

/**
 * Reads the next $5 learners of course $1 after user $2, and returns the first $4 whose rollup was counted against
 * another structure than version $3. Without the limit $5, looking for the last few could read all learners.
 */
export const nextLearners = statement({
  name: 'next-learners',
  columns: { seen: column.int4, last: column.nullable(column.text), stale: column.varchars },
  text: `
    WITH seen AS MATERIALIZED (
      SELECT user_id, structure_version <> $3 AS stale
      FROM course_progress
      WHERE course_id = $1 AND user_id > $2
      ORDER BY user_id
      LIMIT $5
    )
    SELECT count(*)::int AS seen, max(user_id) AS last,
           ARRAY(SELECT user_id FROM seen WHERE stale ORDER BY user_id LIMIT $4) AS stale
    FROM seen`,
});
