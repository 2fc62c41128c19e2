import { column, statement } from '../../../../../common/database/statement.js';

export const isBuilt = statement({
  name: 'analytics-is-built',
  columns: { built: column.bool },
  text: `SELECT built_at IS NOT NULL AS built FROM analytics_state`,
});

/**
 * Locks the state for the rest of the transaction: no folder commits meanwhile. The folder before may have committed
 * while this statement waited, so figures are read by the statements that follow, each as of its own beginning.
 */
export const waitForState = statement({
  name: 'wait-for-analytics-state',
  columns: {},
  text: `SELECT FROM analytics_state FOR UPDATE`,
});
