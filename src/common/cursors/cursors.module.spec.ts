import type { TestingModule } from '@nestjs/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, startModules, type TestDatabase } from '../../../test/for-specs.ts';
import { BadUserInputError } from '../errors/service-error.js';
import { CursorSecret } from './cursor-secret.js';
import { CursorsModule } from './cursors.module.js';
import { SealedCursor } from './sealed-cursor.js';

let database: TestDatabase;
const started: TestingModule[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.pool.query('TRUNCATE cursor_key');
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((modules) => modules.close()));
});
afterAll(() => database.drop());

/** The cursors of one list, sealed by a process with these variables. */
async function cursorsOf(environment: Partial<NodeJS.ProcessEnv> = {}) {
  const modules = await startModules(
    { nats: { url: 'nats://127.0.0.1:1' }, database, imports: [CursorsModule], environment },
    { connected: false },
  );
  started.push(modules);
  return modules.get(CursorSecret).cursorsOf('a list');
}
const position = Buffer.from('Lena');
const madeFor = ['a filter'];

it('a cursor is good in every process on the database, also in those that start at once', async () => {
  const processes = await Promise.all([cursorsOf(), cursorsOf(), cursorsOf()]);
  const cursor = processes[0].seal(position, madeFor);
  for (const cursors of [...processes, await cursorsOf()]) {
    expect(cursors.open(cursor, madeFor)).toEqual(position);
  }
  const { rows } = await database.pool.query('SELECT length(key) AS bytes FROM cursor_key');
  expect(rows).toEqual([{ bytes: 32 }]);
});

it('a cursor outlives a change of JWT_SECRET, and of how tokens are verified', async () => {
  const cursor = (await cursorsOf({ JWT_SECRET: 'one secret' })).seal(position, madeFor);
  for (const tokens of [
    { JWT_SECRET: 'another secret' },
    { JWT_SECRET: '', JWKS_URL: 'https://platform.example/keys' },
  ]) {
    expect((await cursorsOf(tokens)).open(cursor, madeFor)).toEqual(position);
  }
});

it('a cursor is sealed with the key in the database alone: a change of its password ends none', async () => {
  const cursor = (await cursorsOf()).seal(position, madeFor);
  const { rows } = await database.pool.query<{ key: Buffer }>('SELECT key FROM cursor_key');
  expect(new SealedCursor(rows[0]!.key, 'a list').open(cursor, madeFor)).toEqual(position);
});

it.each([
  ['tokens of JWKS_URL', { JWT_SECRET: '', JWKS_URL: 'https://platform.example/keys' }],
  ['a shared secret', { JWT_SECRET: 'correct horse battery staple' }],
])(
  'whoever holds a cursor cannot test guesses of any credential: with %s',
  async (_how, tokens) => {
    const configured = { ...database.environment, ...tokens };
    const guesses = Object.values(configured).flatMap((value) => [value, Buffer.from(value ?? '')]);
    const opened = (cursor: string): unknown[] =>
      guesses.filter((guess) => {
        try {
          return new SealedCursor(guess ?? '', 'a list').open(cursor, madeFor);
        } catch {
          return false;
        }
      });
    expect(opened((await cursorsOf(configured)).seal(position, madeFor))).toEqual([]);
    // The guesses would find a secret that does seal cursors.
    const sealed = (await cursorsOf({ ...configured, CURSOR_SECRET: guesses[0]!.toString() })).seal(
      position,
      madeFor,
    );
    expect(opened(sealed)).not.toEqual([]);
  },
);

it('CURSOR_SECRET is used where it is set, and its change ends the cursors that clients hold', async () => {
  const cursor = (await cursorsOf({ CURSOR_SECRET: 'one' })).seal(position, madeFor);
  expect((await cursorsOf({ CURSOR_SECRET: 'one' })).open(cursor, madeFor)).toEqual(position);
  for (const other of [{ CURSOR_SECRET: 'another' }, {}]) {
    const cursors = await cursorsOf(other);
    expect(() => cursors.open(cursor, madeFor)).toThrow(BadUserInputError);
  }
  const { rows } = await database.pool.query('SELECT 1 FROM cursor_key');
  expect(rows).toHaveLength(1);
});
