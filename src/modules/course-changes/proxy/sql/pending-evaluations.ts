import { column, statement } from '../../../../common/database/statement.js';

/** How many courses have learners that may not be evaluated yet. */
export const pendingEvaluations = statement({
  name: 'pending-evaluations',
  columns: { pending: column.int4 },
  text: `SELECT count(*)::int AS pending FROM course_evaluation`,
});
