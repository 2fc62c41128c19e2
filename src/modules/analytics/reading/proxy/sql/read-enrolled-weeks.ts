import { column, statement } from '../../../../../common/database/statement.js';
import { COHORT_WEEKS } from '../../figures/cohorts.js';

const within = COHORT_WEEKS.map(
  (weeks) =>
    `coalesce(sum(learners) FILTER (WHERE days_to_complete BETWEEN 0 AND ${7 * weeks}), 0)`,
);

/**
 * Learners of course $1 by the week in which they enrolled, in order; and how many of them completed within each of
 * `COHORT_WEEKS`.
 */
export const readEnrolledWeeks = statement({
  name: 'read-enrolled-weeks',
  columns: {
    week: column.text,
    learners: column.int4,
    completed: column.json<number[]>(),
  },
  text: `
    SELECT enrolled_week::text AS week, sum(learners)::int AS learners,
           json_build_array(${within.join(', ')}) AS completed
    FROM analytics_cohort WHERE course_id = $1
    GROUP BY enrolled_week
    ORDER BY enrolled_week`,
});
