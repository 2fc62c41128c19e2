/**
 * Every SQLSTATE of an error has a digit. `EPIPE`, an error of the operating system, has the same length but no digit.
 */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** The SQLSTATE of a PostgreSQL error, also when TypeORM wrapped it. Null for any other error. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (driverError !== undefined) return sqlState(driverError);
  return typeof code === 'string' && SQLSTATE.test(code) ? code : null;
}
