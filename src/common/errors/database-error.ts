import {
  BadUserInputError,
  ConflictError,
  ServiceUnavailableError,
  type ServiceError,
} from './service-error.js';
import { sqlState } from './sql-state.js';

const OUT_OF_RANGE = new Set(['22003', '23514']);
const ALREADY_THERE = '23505';
/** The server is a standby, as during a failover, or its default is read-only. */
const READ_ONLY = '25006';
/** A prepared statement is there already, or is not there: one connection led to several of PostgreSQL's. */
const STATEMENT_LOST = ['42P05', '26000'];

/** SQLSTATEs after which the same request may succeed: see PostgreSQL's appendix A. */
const PASSING = new Set([
  READ_ONLY,
  ...STATEMENT_LOST,
  '40001', // serialisation failure
  '40P01', // deadlock
  '53100', // disk full
  '53200', // out of memory
  '53300', // too many connections
  '55P03', // lock not available in time
  '57014', // cancelled by statement_timeout
  '57P01', // terminated by an administrator
  '57P02', // another backend crashed
  '57P03', // starting up or shutting down
  '57P05', // idle session timeout
  '25P03', // idle in transaction timeout
  '58030', // input or output failed, also on the way to a machine of Citus
]);
const CONNECTION_CLASS = '08';

/** The sources of Citus that report a machine that it lost, in many words. */
const MACHINE_LOST = new Set([
  'placement_connection.c',
  'remote_commands.c',
  'remote_transaction.c',
]);
/** The SQLSTATE of all internal errors: Citus has no other for these. */
const INTERNAL = 'XX000';

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Errors that `pg` and `pg-pool` report without a code. */
const POOL_MESSAGES = [
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed',
  'Cannot use a pool after calling end',
];

/** The error for a transaction that may be committed or not. */
export function commitInDoubt(cause: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError('serviceUnavailable', {
    cause,
    details: { outcome: 'unknown' },
  });
}

const CANCELLED = '57014';

/**
 * Whether a COMMIT that failed with this error may be committed all the same: the connection ended before the answer. A
 * server that ends the connection itself (class 57) may have committed just before. A cancelled statement has not: it
 * cannot be cancelled any more once it is committed. Where the database is distributed, the lost connection may be the
 * coordinator's.
 */
export function leavesCommitInDoubt(error: unknown): boolean {
  const state = sqlState(error);
  if (state === CANCELLED) return false;
  return (
    state === null ||
    state.startsWith('57') ||
    state.startsWith(CONNECTION_CLASS) ||
    isMachineLost(error)
  );
}

/**
 * Maps a database error to an expected failure, with the error as its cause. Null when it is none of them: then our SQL
 * is at fault. No other code gives SQLSTATEs a meaning.
 *
 * The expected failures mean that nothing was written. For a COMMIT without an answer see `commitInDoubt`.
 */
export function fromDatabaseError(error: unknown): ServiceError | null {
  const state = sqlState(error);
  if (state === null) {
    return isConnectionLost(error)
      ? new ServiceUnavailableError('serviceUnavailable', { cause: error })
      : null;
  }
  if (OUT_OF_RANGE.has(state)) return new BadUserInputError('badUserInput', { cause: error });
  if (state === ALREADY_THERE) return new ConflictError('progressExists', { cause: error });
  return PASSING.has(state) || state.startsWith(CONNECTION_CLASS) || isMachineLost(error)
    ? new ServiceUnavailableError('serviceUnavailable', { cause: error })
    : null;
}

/** Whether the server takes no changes now. A new connection may lead to one that does. */
export function isReadOnly(error: unknown): boolean {
  return sqlState(error) === READ_ONLY;
}

/** Whether a pooler lost the statement that the connection had prepared. */
export function isStatementLost(error: unknown): boolean {
  return STATEMENT_LOST.includes(sqlState(error) ?? '');
}

/** Whether the connection failed, not the statement: the statement may have run or not. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError } = error as Error & { code?: unknown; driverError?: unknown };
  if (driverError !== undefined) return isConnectionLost(driverError);
  if (typeof code === 'string' && NETWORK.has(code)) return true;
  // When a host name has several addresses, Node reports one error for each.
  if (error instanceof AggregateError) return error.errors.some(isConnectionLost);
  return POOL_MESSAGES.some((message) => error.message.startsWith(message));
}

/**
 * Whether a distributed database lost one of its machines, during COMMIT or before. A machine's own internal error looks
 * alike, and is taken for it.
 */
function isMachineLost(error: unknown): boolean {
  if (sqlState(error) !== INTERNAL) return false;
  const { driverError, file } = error as { driverError?: { file?: string }; file?: string };
  return MACHINE_LOST.has(driverError?.file ?? file ?? '');
}

/** In a few words. When a host name has several addresses, the error's own message is empty. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
