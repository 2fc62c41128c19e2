import { statement } from '../../../../../common/database/statement.js';

/** Makes the transaction read everything as of one moment. It must be its first statement. */
export const beginSnapshot = statement({
  name: 'begin-analytics-snapshot',
  columns: {},
  text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
});
