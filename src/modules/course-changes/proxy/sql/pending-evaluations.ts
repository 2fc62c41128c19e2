import type { Statement } from '../../../../common/database/database.js';

/** How many courses have learners that may not be evaluated yet. */
export const pendingEvaluations: Statement = {
  name: 'pending-evaluations',
  text: `SELECT count(*)::int AS pending FROM course WHERE evaluated_version < structure_version`,
};
