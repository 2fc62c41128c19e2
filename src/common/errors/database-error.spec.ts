import { describe, expect, it } from 'vitest';
import { fromDatabaseError, leavesCommitInDoubt } from './database-error.js';

const failure = (message: string, fields: object = {}): Error =>
  Object.assign(new Error(message), fields);

describe('a database error', () => {
  it.each([
    '57P01',
    '57P03',
    '53300',
    '58030',
    '08006',
    '08P01',
    '25006',
    '42P05',
    '26000',
    '55P03',
    '57014',
    '40001',
    '40P01',
    '53100',
  ])('%s means: try again later', (code) => {
    const cause = failure('x', { code });
    expect(fromDatabaseError(cause)).toMatchObject({ code: 'SERVICE_UNAVAILABLE', cause });
  });

  it.each([
    ['a refused connection', failure('connect', { code: 'ECONNREFUSED' })],
    ['a connection that ended while we wrote', failure('write EPIPE', { code: 'EPIPE' })],
    [
      'a connection refused at every address',
      new AggregateError([failure('connect', { code: 'ECONNREFUSED' })]),
    ],
    ['a full pool', failure('timeout exceeded when trying to connect')],
    ['a connection that ended', failure('Connection terminated unexpectedly')],
    [
      'one that TypeORM wrapped',
      failure('QueryFailedError', { driverError: failure('x', { code: '57P01' }) }),
    ],
    [
      'a lost one that TypeORM wrapped',
      failure('QueryFailedError', { driverError: failure('Connection terminated') }),
    ],
  ])('such as %s means: try again later', (_case, error) => {
    expect(fromDatabaseError(error)?.code).toBe('SERVICE_UNAVAILABLE');
  });

  it.each([
    ['ECONNRESET', true],
    ['EPIPE', true],
    ['57P01', true],
    ['57014', false],
    ['23505', false],
    ['40001', false],
  ])('%s leaves a COMMIT in doubt: %s', (code, inDoubt) => {
    expect(leavesCommitInDoubt(failure('x', { code }))).toBe(inDoubt);
  });

  it.each([
    [
      'placement_connection.c',
      'could not commit transaction for shard 7 on at least one active node',
    ],
    ['remote_commands.c', 'server closed the connection unexpectedly'],
    ['remote_transaction.c', 'failure on connection marked as essential: 127.0.0.1:6103'],
  ])(
    'a machine that Citus lost is unavailable, and leaves a COMMIT in doubt: %s',
    (file, message) => {
      const lost = failure(message, { code: 'XX000', file });
      const wrapped = failure('QueryFailedError', { driverError: lost });
      for (const error of [lost, wrapped]) {
        expect(fromDatabaseError(error)?.code).toBe('SERVICE_UNAVAILABLE');
        expect(leavesCommitInDoubt(error)).toBe(true);
      }
    },
  );

  it('any other internal error of PostgreSQL is unexpected, and leaves no COMMIT in doubt', () => {
    const broken = failure('cache lookup failed', { code: 'XX000', file: 'relcache.c' });
    expect(fromDatabaseError(broken)).toBeNull();
    expect(leavesCommitInDoubt(broken)).toBe(false);
  });

  it.each(['22003', '23514'])('%s means that a value is not acceptable', (code) => {
    expect(fromDatabaseError(failure('x', { code }))?.code).toBe('BAD_USER_INPUT');
  });

  it('23505 means that it is there already', () => {
    expect(fromDatabaseError(failure('x', { code: '23505' }))?.code).toBe('CONFLICT');
  });

  it.each([
    ['a mistake in our SQL', failure('syntax error', { code: '42601' })],
    ['an error of ours', new TypeError('x is undefined')],
    ['what is not an error', 'text'],
    ['nothing', undefined],
  ])('is not seen in %s', (_case, error) => {
    expect(fromDatabaseError(error)).toBeNull();
  });
});
