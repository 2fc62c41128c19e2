import { column, statement } from '../../../../common/database/statement.js';

/** The database's clock: the only one that all processes share. */
export const databaseTime = statement({
  name: 'database-time',
  columns: { now: column.timestamptz },
  text: `SELECT clock_timestamp() AS now`,
});
