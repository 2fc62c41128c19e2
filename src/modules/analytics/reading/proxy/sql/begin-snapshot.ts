import { statement } from '../../../../../common/database/statement.js';

/** Makes the transaction read everything as of one moment. It must be its first statement. */
export const beginSnapshot = statement({
  name: 'begin-analytics-snapshot',
  columns: {},
  text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
});

/**
 * Makes PostgreSQL compile nothing in this transaction: it would take longer than to read the few rows of an answer, which the
 * planner believes to be many.
 */
export const compileNothing = statement({
  name: 'compile-nothing',
  columns: {},
  text: 'SET LOCAL jit = off',
});
