import { describe, expect, it } from 'vitest';
import { EnvironmentError, loadEnvironment } from './environment.js';

const production = {
  NODE_ENV: 'production',
  DB_HOST: 'localhost',
  POSTGRES_USER: 'progress',
  POSTGRES_PASSWORD: 'a password',
  DB_NAME_USER_PROGRESS: 'progress',
  NATS_URL: 'nats://localhost:4222',
  JWT_SECRET: 'x'.repeat(32),
};

function problems(overrides: Record<string, string>): readonly string[] {
  try {
    loadEnvironment({ ...production, ...overrides });
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

describe('in production', () => {
  it('a complete configuration is taken', () => {
    expect(problems({})).toEqual([]);
  });

  it('the platform’s and hosting services’ names count where ours are not set', () => {
    const { DB_NAME_USER_PROGRESS: _, ...rest } = production;
    expect(loadEnvironment({ ...rest, DB_NAME: 'theirs', PORT: '8080' })).toMatchObject({
      DB_NAME_USER_PROGRESS: 'theirs',
      PORT_USER_PROGRESS: 8080,
    });
    expect(loadEnvironment({ ...production, DB_NAME: 'theirs' }).DB_NAME_USER_PROGRESS).toBe(
      'progress',
    );
  });

  it('a path of the API that is none is named, with the form that is wanted', () => {
    expect(problems({ GRAPHQL_PATHS: '/ok,nope' })).toEqual([
      'GRAPHQL_PATHS is not valid: expected are paths that begin with /',
    ]);
  });

  it.each(['x', 'x'.repeat(31), 'é'.repeat(15)])(
    'a secret of fewer than 32 bytes is refused: %s',
    (secret) => {
      expect(problems({ JWT_SECRET: secret })).toEqual([
        'JWT_SECRET is too short: at least 32 bytes',
      ]);
    },
  );

  it('a short secret for cursors is refused too, where there is one', () => {
    expect(problems({ CURSOR_SECRET: 'x'.repeat(31) })).toEqual([
      'CURSOR_SECRET is too short: at least 32 bytes',
    ]);
    expect(problems({ CURSOR_SECRET: 'x'.repeat(32) })).toEqual([]);
    expect(problems({ CURSOR_SECRET: '' })).toEqual([]);
  });

  it('there must be a secret or published keys', () => {
    expect(problems({ JWT_SECRET: '' })).toEqual(['JWT_SECRET is not set (nor JWKS_URL)']);
    expect(problems({ JWT_SECRET: '', JWKS_URL: 'https://platform/keys' })).toEqual([]);
  });

  it('the database has a password', () => {
    expect(problems({ POSTGRES_PASSWORD: '' })).toEqual(['POSTGRES_PASSWORD is not set']);
  });
});

it('what is wrong is named, and no value is told', () => {
  const found = problems({
    DB_PORT: 'my secret',
    JWT_SECRET: 'short secret',
    LOG_LEVEL: 'my secret',
  });
  expect(found.map((problem) => problem.split(' ')[0]).sort()).toEqual([
    'DB_PORT',
    'JWT_SECRET',
    'LOG_LEVEL',
  ]);
  expect(found.join()).not.toContain('my secret');
  expect(found.join()).not.toContain('short secret');
});

describe('what is wrong is told with the form that is wanted, all at once, one line a variable', () => {
  it.each([
    ['NATS_URL', 'http://nats:4222'],
    ['NATS_URL', 'wss://nats'],
    ['NATS_URL', 'nats://a:4222,nats://'],
    ['NATS_URL', 'nats://a:99999'],
  ])('%s=%s', (name, value) => {
    expect(problems({ [name]: value })).toEqual([
      'NATS_URL is not valid: expected are nats://[user:password@]host[:port], or tls://…, separated by commas',
    ]);
  });

  it.each(['nats://me:p%40ss@a', 'tls://a:4222', 'a', 'a:4222, nats://[::1]:4222'])(
    'NATS_URL=%s is taken',
    (value) => expect(problems({ NATS_URL: value })).toEqual([]),
  );

  it.each([
    ['JWKS_URL', 'nope', 'expected is https://… or http://…'],
    ['JWKS_URL', 'ftp://keys', 'expected is https://… or http://…'],
    ['DB_PORT', 'abc', 'a whole number from 1 to 65535'],
    ['DB_PORT', '5432.5', 'a whole number from 1 to 65535'],
    ['DB_PORT', ' ', 'a whole number from 1 to 65535'],
    ['WATCH_MAX_RATE', 'fast', 'a number from 0.25 to 16'],
    ['DB_HOST', 'postgres://db', 'a host’s name or address alone; the port is DB_PORT'],
    ['DB_HOST', 'db:5432', 'a host’s name or address alone; the port is DB_PORT'],
    ['DB_SSL', 'yes', 'one of 0, 1, true, false'],
  ])('%s=%s', (name, value, form) => {
    expect(problems({ [name]: value })).toEqual([`${name} is not valid: ${form}`]);
  });

  it.each(['db.internal', '10.0.0.1', '::1', '/var/run/postgresql'])(
    'DB_HOST=%s is taken',
    (value) => expect(problems({ DB_HOST: value })).toEqual([]),
  );

  it('several of them', () => {
    const found = problems({
      NATS_URL: 'http://a',
      DB_PORT: '0',
      JWT_SECRET: '',
      TRUST_PROXY: '-1.5',
    });
    expect(found.map((problem) => problem.split(' ')[0]).toSorted()).toEqual([
      'DB_PORT',
      'JWT_SECRET',
      'NATS_URL',
      'TRUST_PROXY',
    ]);
  });
});

describe('libpq’s variables, which other clients of the database obey', () => {
  it.each(['require', 'verify-ca', 'verify-full'])('PGSSLMODE=%s turns TLS on', (mode) => {
    expect(loadEnvironment({ ...production, PGSSLMODE: mode }).DB_SSL).toBe(true);
  });

  it.each(['disable', 'allow', 'prefer'])('PGSSLMODE=%s leaves it to DB_SSL', (mode) => {
    expect(loadEnvironment({ ...production, PGSSLMODE: mode }).DB_SSL).toBe(false);
    expect(loadEnvironment({ ...production, PGSSLMODE: mode, DB_SSL: '1' }).DB_SSL).toBe(true);
  });

  it('are refused where they contradict ours, or would have no effect', () => {
    expect(problems({ PGSSLMODE: 'require', DB_SSL: 'false' })).toEqual([
      'DB_SSL is not valid: PGSSLMODE asks for TLS',
    ]);
    expect(problems({ PGSSLMODE: 'no-verify' })).toEqual([
      'PGSSLMODE is not valid: one of disable, allow, prefer, require, verify-ca, verify-full',
    ]);
    expect(problems({ PGSSLROOTCERT: '/' })).toEqual([
      'PGSSLROOTCERT is for TLS: set DB_SSL=true or PGSSLMODE, too',
    ]);
    expect(problems({ PGSSLROOTCERT: '/nowhere', DB_SSL: 'true' })).toEqual([
      'PGSSLROOTCERT is not valid: a file that is there',
    ]);
  });

  it.each([
    ['PGREQUIRESSL', '1'],
    ['PGCHANNELBINDING', 'require'],
    ['PGGSSENCMODE', 'require'],
    ['PGSSLMINPROTOCOLVERSION', 'TLSv1.3'],
  ])('%s=%s is refused: it cannot be kept', (name, value) => {
    expect(problems({ [name]: value })).toEqual([
      `${name} is not supported: this service cannot keep what it demands`,
    ]);
  });
});
