import { isStatementLost } from '../errors/database-error.js';

const HINT =
  'A pooler between this service and PostgreSQL mixes up prepared statements (PgBouncer older than 1.21, or without ' +
  'max_prepared_statements): set DB_PREPARED_STATEMENTS=false.';

/** Adds to such an error what is to be set: whoever logs it says so. @returns the error */
export function explainLostStatement(error: unknown): unknown {
  return isStatementLost(error) ? Object.assign(error as Error, { hint: HINT }) : error;
}
