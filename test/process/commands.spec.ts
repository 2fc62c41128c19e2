import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/common/database/migrations/index.js';
import { userId } from '../builders/ids.ts';
import { startBuilt } from '../support/built-program.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const NAMES = MIGRATIONS.map(({ name }) => name);
/** It makes a table, and nothing else. */
const ONE_TABLE = 'KeepCursorKey1763900000030';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** With the variables of the database, and no others. */
async function command(program: string, args: string[], variables: NodeJS.ProcessEnv = {}) {
  const environment = { NODE_ENV: 'production', ...database.environment, ...variables };
  const running = startBuilt(program, { environment, args });
  const code = await running.exited;
  return { code, out: running.stdout.trim().split('\n'), err: running.stderr.trim() };
}

describe('the migration commands, with the database’s variables only', () => {
  it('run each migration by name, and say when there is none', async () => {
    await database.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const ran = await command('cli/migrate.js', ['run']);
    expect(ran).toEqual({ code: 0, out: NAMES.map((name) => `ran ${name}`), err: '' });
    expect(await command('cli/migrate.js', ['run'])).toMatchObject({
      code: 0,
      out: ['Nothing to run: the schema is up to date.'],
    });
  });

  const revertDownTo = async (name: string): Promise<void> => {
    for (let last = NAMES.length - 1; NAMES[last] !== name; last -= 1) {
      expect((await command('cli/migrate.js', ['revert', '--force'])).code).toBe(0);
    }
  };

  it('revert what drops no data', async () => {
    await revertDownTo(ONE_TABLE);
    expect(await command('cli/migrate.js', ['revert'])).toEqual({
      code: 0,
      out: [`reverting ${ONE_TABLE}`, '  drops table cursor_key (rows: 0)', 'reverted'],
      err: '',
    });
    expect((await command('cli/migrate.js', ['run'])).code).toBe(0);
  });

  it('say what a revert would drop, and drop no data unless they are forced', async () => {
    await revertDownTo(NAMES[0]!);
    await database.pool.query(
      `INSERT INTO user_progress (id, user_id, course_id, lesson_id) VALUES (gen_random_uuid(), $1, 'c', 'l')`,
      [userId()],
    );
    const refused = await command('cli/migrate.js', ['revert']);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain(`reverting ${NAMES[0]}`);
    expect(refused.out).toContain('  drops table user_progress (rows: 1)');
    expect(refused.err).toContain('Nothing was changed');
    const kept = await database.pool.query('SELECT FROM user_progress');
    expect(kept.rowCount).toBe(1);

    const forced = await command('cli/migrate.js', ['revert', '--force']);
    expect(forced.code).toBe(0);
    expect((await command('cli/migrate.js', ['revert'])).out).toEqual([
      'There is no migration to revert.',
    ]);
  });
});

it.each([
  ['cli/migrate.js', ['run']],
  ['cli/migrate.js', ['revert']],
  ['cli/adopt.js', ['--dry-run']],
])('%s %o says in one line that the database cannot be reached', async (program, args) => {
  const { code, err } = await command(program, args, { DB_HOST: '127.0.0.1', DB_PORT: '1' });
  expect([code, err]).toEqual([1, 'connect ECONNREFUSED 127.0.0.1:1']);
});
