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

/** Makes the transaction read each machine of a distributed database as of one moment. It must be its first statement. */
export const beginRepeatableRead = statement({
  name: 'begin-repeatable-read',
  columns: {},
  text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
});

/** Makes Citus use one connection to each machine: each connection has a snapshot of its own. */
export const useOneConnection = statement({
  name: 'use-one-connection-to-each-machine',
  columns: {},
  text: 'SET LOCAL citus.max_adaptive_executor_pool_size = 1',
});
