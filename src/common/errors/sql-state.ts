/** All that PostgreSQL raises have a digit; `EPIPE`, of the operating system, is as long and has none. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** The SQLSTATE of an error of PostgreSQL, also when TypeORM wrapped it; null for any other error. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (driverError !== undefined) return sqlState(driverError);
  return typeof code === 'string' && SQLSTATE.test(code) ? code : null;
}
