import { DataSource, type QueryRunner } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { dataSourceOptions } from '../../src/common/database/data-source-options.js';
import { OwnCourseEvaluations1763900000004 } from '../../src/common/database/migrations/1763900000004-own-course-evaluations.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_SECRET } from '../support/tokens.ts';

const migration = new OwnCourseEvaluations1763900000004();
const BEGUN = '2026-01-01T00:00:00.000Z';
const LEASE = '2026-01-01T00:00:10.000Z';

let database: TestDatabase;
let dataSource: DataSource;
let runner: QueryRunner;

beforeAll(async () => {
  database = await createTestDatabase();
  const environment = loadEnvironment({
    NATS_URL: 'nats://unused',
    JWT_SECRET: TEST_SECRET,
    ...database.environment,
  });
  dataSource = await new DataSource(dataSourceOptions(environment)).initialize();
  runner = dataSource.createQueryRunner();
});
beforeEach(async () => {
  await migration.down(runner);
  await runner.query(`
    INSERT INTO course (course_id, structure_version, lessons_listed, lessons_total, evaluated_version,
                        evaluation_begun_at, evaluated_user_id, evaluation_lease)
    VALUES ('over', 3, true, 4, 3, NULL, NULL, NULL),
           ('waiting', 2, true, 4, 1, NULL, NULL, NULL),
           ('walked', 2, true, 4, 0, '${BEGUN}', 'u5', '${LEASE}')`);
  await migration.up(runner);
});
afterEach(() => runner.query('TRUNCATE course, course_evaluation CASCADE'));
afterAll(async () => {
  await runner.release();
  await dataSource.destroy();
  await database.drop();
});

const evaluations = () =>
  runner.query(`
    SELECT course_id, structure_version, begun_at, evaluated_user_id, lease_token, lease_ends_at
    FROM course_evaluation ORDER BY course_id`);
const nowhere = { begun_at: null, evaluated_user_id: null, lease_token: null, lease_ends_at: null };
const WAITING = { course_id: 'waiting', structure_version: 2, ...nowhere };
const WALKED = {
  ...{ course_id: 'walked', structure_version: 2, evaluated_user_id: 'u5', lease_token: null },
  ...{ begun_at: new Date(BEGUN), lease_ends_at: new Date(LEASE) },
};

it('evaluations that are under way go on where they were', async () => {
  await expect(evaluations()).resolves.toEqual([WAITING, WALKED]);
});

it('evaluations go on where they were after the migration is taken back', async () => {
  await runner.query(`DELETE FROM course_evaluation WHERE course_id = 'waiting'`);
  await migration.down(runner);
  const courses = await runner.query(`
    SELECT course_id, evaluated_version, evaluation_begun_at, evaluated_user_id, evaluation_lease
    FROM course ORDER BY course_id`);
  const idle = { evaluation_begun_at: null, evaluated_user_id: null, evaluation_lease: null };
  expect(courses).toEqual([
    { course_id: 'over', evaluated_version: 3, ...idle },
    { course_id: 'waiting', evaluated_version: 2, ...idle },
    {
      ...{ course_id: 'walked', evaluated_version: 1, evaluated_user_id: 'u5' },
      ...{ evaluation_begun_at: new Date(BEGUN), evaluation_lease: new Date(LEASE) },
    },
  ]);
  await migration.up(runner);
  await expect(evaluations()).resolves.toEqual([WALKED]);
});

it('a structure that a process of the version before stores is evaluated by this one', async () => {
  await runner.query(`
    UPDATE course
    SET structure_version = structure_version + 1, lessons_listed = true, lessons_total = 5,
        structure_changed_at = now(),
        evaluation_begun_at = NULL, evaluated_user_id = NULL, evaluation_lease = NULL
    WHERE course_id = 'walked'`);
  await expect(evaluations()).resolves.toEqual([
    WAITING,
    { course_id: 'walked', structure_version: 3, ...nowhere },
  ]);
});
