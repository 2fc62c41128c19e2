import { column, statement } from '../../../../common/database/statement.js';

/** How many courses may have learners that are not evaluated yet. */
export const pendingEvaluations = statement({
  name: 'pending-evaluations',
  columns: { pending: column.int4 },
  text: `SELECT count(*)::int AS pending FROM course_evaluation`,
});
