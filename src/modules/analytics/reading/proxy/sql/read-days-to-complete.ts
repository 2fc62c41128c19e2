import { column, statement } from '../../../../../common/database/statement.js';

/** How many completers of course $1 took how many days, in the order of days. */
export const readDaysToComplete = statement({
  name: 'read-days-to-complete',
  columns: { days: column.int4, learners: column.int4 },
  text: `
    SELECT days_to_complete AS days, sum(learners)::int AS learners
    FROM analytics_cohort WHERE course_id = $1 AND days_to_complete >= 0
    GROUP BY days_to_complete HAVING sum(learners) > 0
    ORDER BY days_to_complete`,
});
