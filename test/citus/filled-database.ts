import pg from 'pg';
import { inject } from 'vitest';
import { loadDataSet } from '../../benchmark/data-set/load.ts';
import { LEARNERS_TABLES } from '../../src/common/database/distribution/tables.js';
import { startBuilt } from '../support/built-program.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** What learners leave beside records and rollups. */
const FILLING = [
  `INSERT INTO certificate (user_id, course_id, completed_at)
   SELECT user_id, course_id, now() FROM course_progress WHERE right(user_id, 1) = '1'`,
  `INSERT INTO outbox (topic, user_id, course_id, next_attempt_at)
   SELECT 'certificate.requested', user_id, course_id, now() + interval '1 day' FROM certificate`,
  `INSERT INTO watch_session (user_id, session_id, counted)
   SELECT user_id, course_id, '{[0,5),[7,9)}' FROM course_progress`,
  `INSERT INTO watch_clock (user_id, hour, credited)
   SELECT DISTINCT user_id, 489000 + h, '{"s": "{[1,2)}"}'::jsonb FROM course_progress, generate_series(1, 3) AS h`,
  `INSERT INTO idempotency_key (user_id, key, fingerprint, result)
   SELECT user_id, lesson_id, 'é', '{"a": [1, null]}' FROM user_progress WHERE right(lesson_id, 1) = '3'`,
];

/** A database of one machine that has been in use. @param records how many; 50 a learner */
export async function createFilledDatabase(records: number): Promise<TestDatabase> {
  const database = await createTestDatabase({ empty: true });
  const { host, port, user, password } = inject('databaseServer');
  const migrated = await startBuilt('cli/migrate.js', {
    environment: { NODE_ENV: 'production', ...database.environment },
    args: ['run'],
  }).exited;
  if (migrated !== 0) throw new Error('The database could not be migrated');
  const client = new pg.Client({ host, port, user, password, database: database.name });
  await client.connect();
  try {
    await loadDataSet(client, records, () => undefined);
    for (const statement of FILLING) await client.query(statement);
  } finally {
    await client.end();
  }
  return database;
}

/** How many rows each learners' table has, and a sum over all that is in them. */
export async function contents({ pool }: TestDatabase): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const table of LEARNERS_TABLES) {
    const { rows } = await pool.query(
      `SELECT '${table}' AS "table", count(*) AS rows, sum(hashtext(t::text)::bigint) AS sum FROM ${table} AS t`,
    );
    found.push(rows[0]);
  }
  return found;
}
