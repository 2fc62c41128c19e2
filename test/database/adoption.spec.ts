import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataSourceOptions } from '../../src/common/database/data-source-options.js';
import { migrate } from '../../src/common/database/migrate.js';
import { loadEnvironment } from '../../src/config/environment.js';
import {
  AdoptExisting,
  ExistingTableError,
} from '../../src/modules/user-progress/adoption/adopt-existing.js';
import { createOriginalTable, fillOriginalTable } from '../builders/original-table.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_SECRET } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';

const ROWS = 12_000;
/** From the original's rows, by none of the service's code. */
const RECOUNT = `
  SELECT count(*)::int AS records, sum(seconds)::int AS seconds, (count(*) FILTER (WHERE done))::int AS completed
  FROM (SELECT "userId", "lessonId", bool_or(completed) AS done, max(watch_time_seconds) AS seconds
        FROM user_progress_original GROUP BY 1, 2) AS lesson`;
const RECORDS = `
  SELECT count(*)::int AS records, sum(watch_time_seconds)::int AS seconds,
         (count(*) FILTER (WHERE completed))::int AS completed FROM user_progress`;
const ROLLUPS = `
  SELECT sum(lessons_started)::int AS records, sum(watch_time_seconds)::int AS seconds,
         sum(lessons_completed)::int AS completed FROM course_progress`;

Logger.overrideLogger(false);

let database: TestDatabase;
const dataSources: DataSource[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  await createOriginalTable(database.pool);
});
afterEach(async () => {
  await Promise.all(dataSources.splice(0).map((dataSource) => dataSource.destroy()));
  await database.drop();
});

/** Starts as the service does. */
async function start(
  variables: Record<string, string> = { ADOPT_EXISTING: 'true' },
): Promise<void> {
  const environment = loadEnvironment({
    NATS_URL: 'nats://unused',
    JWT_SECRET: TEST_SECRET,
    ...database.environment,
    ...variables,
  });
  const dataSource = await new DataSource(dataSourceOptions(environment)).initialize();
  dataSources.push(dataSource);
  await migrate(dataSource, new AdoptExisting(environment));
}

const one = async (statement: string): Promise<Record<string, unknown>> =>
  (await database.pool.query(statement)).rows[0];

describe('a database that holds the original’s table', () => {
  it('is not touched unless that was asked for; the start says what is there and what to do', async () => {
    await fillOriginalTable(database.pool, 1_000);
    const error = await start({}).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ExistingTableError);
    expect((error as Error).message).toMatch(/1000 rows of 100 learners.*ADOPT_EXISTING=true/);
    expect(await one('SELECT count(*)::int AS rows FROM user_progress')).toEqual({ rows: 1_000 });
    expect(await one(`SELECT to_regclass('schema_migration') AS ours`)).toEqual({ ours: null });
  });

  it('is adopted exactly, duplicates merged, rollups too, and the original’s table stays', async () => {
    await fillOriginalTable(database.pool, ROWS);
    await start();
    const expected = await one(RECOUNT);
    expect(expected['records']).toBe(ROWS * 0.99);
    expect(await one(RECORDS)).toEqual(expected);
    expect(await one(ROLLUPS)).toEqual(expected);
    expect(await one('SELECT count(*)::int AS rows FROM user_progress_original')).toEqual({
      rows: ROWS,
    });
    expect(
      await one('SELECT count(*)::int AS courses FROM course WHERE lessons_total = 0'),
    ).toEqual({
      courses: 100,
    });
  });

  it('is adopted once, however many processes start, and however often', async () => {
    await fillOriginalTable(database.pool, 3_000);
    await Promise.all([start(), start(), start()]);
    await start({});
    expect(await one(RECORDS)).toEqual(await one(RECOUNT));
  });

  it('is adopted by the next process where one was killed', async () => {
    await fillOriginalTable(database.pool, ROWS);
    // After two portions of the three, the connection dies.
    const started = start().catch((error: unknown) => error);
    await waitFor(
      async () => {
        const known = await one(`SELECT to_regclass('adoption') IS NOT NULL AS known`);
        if (known['known'] !== true) return false;
        const state = await one('SELECT position FROM adoption');
        return state !== undefined && state['position'] !== null;
      },
      { message: 'a portion is imported' },
    );
    await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await started;
    await start({});
    expect(await one(RECORDS)).toEqual(await one(RECOUNT));
    expect(await one(ROLLUPS)).toEqual(await one(RECOUNT));
    expect(await one('SELECT finished_at IS NOT NULL AS finished FROM adoption')).toEqual({
      finished: true,
    });
  });

  it('reads times in the zone that was stated, to the microsecond', async () => {
    await database.pool.query(
      `INSERT INTO user_progress VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FAV', 'u', 'l', 'c', true, 5,
         '2025-07-01 12:00:00.123456', '2025-12-01 12:00:00')`,
    );
    await start({ ADOPT_EXISTING: 'true', ADOPT_TIME_ZONE: 'Europe/Berlin' });
    expect(
      await one(
        `SELECT id::text, created_at = '2025-07-01 10:00:00.123456+00' AS created,
                completed_at = '2025-12-01 11:00:00+00' AS completed FROM user_progress`,
      ),
    ).toEqual({ id: '01563e3a-b5d3-d676-4c61-efb99302bd5b', created: true, completed: true });
  });

  it('is adopted once where the database sorts learners as a language does', async () => {
    await database.drop();
    database = await createTestDatabase({ language: 'en-US' });
    await createOriginalTable(database.pool);
    await fillOriginalTable(database.pool, ROWS);
    await database.pool.query(
      `UPDATE user_progress SET "userId" = translate("userId", '13579', 'abcdZ')`,
    );
    await start();
    expect(await one(RECORDS)).toEqual(await one(RECOUNT));
  });

  it('keeps both of two rows whose ids differ only in case', async () => {
    await database.pool.query(
      `INSERT INTO user_progress VALUES
         ('01ARZ3NDEKTSV4RRFFQ69G5FAV', 'a', 'l', 'c', true, 5, now(), now()),
         ('01arz3ndektsv4rrffq69g5fav', 'b', 'l', 'c', false, 7, now(), now())`,
    );
    await start();
    expect(await one(RECORDS)).toEqual({ records: 2, seconds: 12, completed: 1 });
  });

  it('is adopted without the rows that lack a learner, lesson or course', async () => {
    await fillOriginalTable(database.pool, 1_000);
    await database.pool.query(
      `INSERT INTO user_progress VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FAV', '', 'l', 'c', true, 5, now(), now()),
         ('01ARZ3NDEKTSV4RRFFQ69G5FAW', 'USER0000000001', 'not an id', 'c', true, 5, now(), now())`,
    );
    await start();
    expect(await one('SELECT count(*)::int AS records FROM user_progress')).toEqual({
      records: 990,
    });
  });

  it('is not adopted with a time zone that there is not: nothing is touched', async () => {
    await fillOriginalTable(database.pool, 100);
    await expect(
      start({ ADOPT_EXISTING: 'true', ADOPT_TIME_ZONE: 'Mars/Olympus' }),
    ).rejects.toThrow(/time zone/);
    expect(await one('SELECT count(*)::int AS rows FROM user_progress')).toEqual({ rows: 100 });
  });
});
