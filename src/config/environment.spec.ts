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
