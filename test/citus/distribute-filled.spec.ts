import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import {
  LEARNERS_TABLES,
  REFERENCE_TABLES,
} from '../../src/common/database/distribution/tables.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { startBuilt } from '../support/built-program.ts';
import { makeCluster, shardNodes } from '../support/citus.ts';
import type { TestDatabase } from '../support/database.ts';
import { startTestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';
import { contents, createFilledDatabase } from './filled-database.ts';

const RECORDS = 20_000;

let database: TestDatabase;
let before: unknown[];
beforeAll(async () => {
  database = await createFilledDatabase(RECORDS);
  before = await contents(database);
  await makeCluster(inject('databaseServer'), database.name);
}, 300_000);
afterAll(() => database.drop());

const query = async (sql: string, values: unknown[] = []): Promise<any[]> =>
  (await database.pool.query(sql, values)).rows;

const start = (program: string) =>
  startBuilt(program, { environment: { NODE_ENV: 'production', ...database.environment } });

async function run(program: string): Promise<{ code: number; out: string; err: string }> {
  const running = start(program);
  const code = await running.exited;
  return { code, out: running.stdout.trim(), err: running.stderr.trim() };
}

const isCopied = async (table: string): Promise<boolean> =>
  (
    await query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
         AND query LIKE '%create_%_table%' AND query LIKE $1`,
      [`%('${table}'%`],
    )
  ).length > 0;

/** Kills the command while it copies the table. @returns whether it was met there */
async function breakOff(table: string): Promise<boolean> {
  const running = start('cli/distribute.js');
  let ended = false;
  void running.exited.then(() => (ended = true));
  await waitFor(async () => ended || (await isCopied(table)), {
    timeoutMs: 120_000,
    message: `${table} is copied`,
  });
  const met = !ended;
  running.kill('SIGKILL');
  await running.exited;
  return met;
}

it('a filled database keeps every row when its distribution is killed during each table, and run again', async () => {
  const broken: string[] = [];
  for (const table of [...REFERENCE_TABLES, ...LEARNERS_TABLES]) {
    if (await breakOff(table)) broken.push(table);
  }
  expect(broken).toContain('user_progress');
  expect(await run('cli/distribute.js')).toMatchObject({ code: 0, err: '' });
  expect(await run('cli/distribute.js')).toMatchObject({
    code: 0,
    out: 'Nothing to do: the database is distributed.',
  });
  expect(await contents(database)).toEqual(before);
  const places = await query(
    `SELECT DISTINCT nodename, nodeport FROM citus_shards WHERE table_name = 'user_progress'::regclass`,
  );
  expect(places).toHaveLength(shardNodes({}).length);
  // Nothing was changed, so no course is to be evaluated for it.
  expect(await query('SELECT course_id FROM course_evaluation')).toEqual([]);
  expect(await query('SELECT lesson_id FROM unreconciled_lesson')).toEqual([]);
  expect(await run('cli/verify.js')).toMatchObject({ code: 0 });
}, 600_000);

it('the service goes on with what was there, on every machine', async () => {
  const service = await startTestApp({ database, catalogue: false });
  try {
    const records = await query(
      `SELECT DISTINCT ON (user_id) user_id, lesson_id, course_id, watch_time_seconds AS seconds
       FROM user_progress WHERE NOT completed ORDER BY user_id, lesson_id LIMIT 200`,
    );
    const queue = service.app.get(WriteQueue, { strict: false });
    await Promise.all(
      records.flatMap(({ user_id: userId, lesson_id: lessonId }) => [
        queue.submit({ kind: 'addWatchTime', userId, lessonId, seconds: 7 }),
        queue.submit({ kind: 'set', userId, lessonId, completed: true }),
      ]),
    );
    await service.app.get(BackgroundJobs, { strict: false }).runNow('course-evaluation');
    const after = await query(
      `SELECT user_id, lesson_id, watch_time_seconds AS seconds, completed FROM user_progress WHERE user_id = ANY ($1)`,
      [records.map(({ user_id: userId }) => userId)],
    );
    for (const { user_id: userId, lesson_id: lessonId, seconds } of records) {
      expect(after).toContainEqual(
        expect.objectContaining({
          ...{ user_id: userId, lesson_id: lessonId, seconds: seconds + 7, completed: true },
        }),
      );
    }
  } finally {
    await service.close();
  }
  expect(await run('cli/verify.js')).toMatchObject({ code: 0 });
}, 120_000);
