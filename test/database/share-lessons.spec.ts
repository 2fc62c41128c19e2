import { DataSource, type QueryRunner } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import { dataSourceOptions } from '../../src/common/database/data-source-options.js';
import { ShareLessons1763900000050 } from '../../src/common/database/migrations/1763900000050-share-lessons.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { storedOtherwise } from '../support/recount.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp } from '../support/test-app.ts';
import { TEST_SECRET } from '../support/tokens.ts';

const migration = new ShareLessons1763900000050();
let database: TestDatabase;
let dataSource: DataSource;
let runner: QueryRunner;

beforeEach(async () => {
  database = await createTestDatabase();
  const environment = loadEnvironment({
    NATS_URL: 'nats://unused',
    JWT_SECRET: TEST_SECRET,
    ...database.environment,
  });
  dataSource = await new DataSource(dataSourceOptions(environment)).initialize();
  runner = dataSource.createQueryRunner();
  await migration.down(runner);
});
afterEach(async () => {
  await runner.release();
  await dataSource.destroy();
  await database.drop();
});

/** As the version before left it: 'moved' went from course 'former' to 'latter', 'shared' is in both. */
async function storeAsBefore(): Promise<void> {
  await runner.query(`
    INSERT INTO course (course_id, lessons_listed, lessons_total) VALUES ('former', true, 1), ('latter', true, 2)`);
  await runner.query(`DELETE FROM course_evaluation`);
  await runner.query(`
    INSERT INTO course_lesson (course_id, lesson_id, position)
    VALUES ('former', 'shared', 1), ('latter', 'shared', 1), ('latter', 'moved', 2)`);
  await runner.query(`
    INSERT INTO user_progress (user_id, lesson_id, course_id, completed, completed_at)
    VALUES ('learner', 'moved', 'former', true, now()), ('learner', 'shared', 'former', true, now())`);
  await runner.query(`
    INSERT INTO course_progress (user_id, course_id, lessons_started, lessons_completed, listed_completed,
                                 lessons_total, structure_version, completed_at)
    VALUES ('learner', 'former', 2, 2, 1, 1, 1, now())`);
  await runner.query(`
    INSERT INTO certificate (user_id, course_id, completed_at) VALUES ('learner', 'former', now())`);
}

it('learners whom the version before had left behind get their course and certificate at once', async () => {
  await storeAsBefore();
  await migration.up(runner);
  const service = await startTestApp({
    database,
    catalogue: false,
    environment: { COURSE_EVALUATION_POLL_MS: '600000', COURSE_SHRINK_CONFIRM_SECONDS: '0' },
  });
  try {
    await service.app.get(BackgroundJobs, { strict: false }).runNow('course-evaluation');
    await expect(storedOtherwise(database.pool)).resolves.toEqual([]);
    await expect(rollupDifferences(service.app)).resolves.toEqual([]);
    const certificates = await runner.query(`SELECT course_id FROM certificate ORDER BY course_id`);
    expect(certificates).toEqual([{ course_id: 'former' }, { course_id: 'latter' }]);
  } finally {
    await service.close();
  }
});

it('what processes of the version before do within the hour is evaluated after it', async () => {
  await storeAsBefore();
  await migration.up(runner);
  const [later] = await runner.query(`
    SELECT count(*)::int AS lessons, bool_and(known_at > now() + interval '59 minutes') AS known,
           bool_and(changed_at <= now()) AS changed
    FROM unreconciled_lesson`);
  expect(later).toEqual({ lessons: 3, known: true, changed: true });
});

it('is taken back without a trace', async () => {
  await storeAsBefore();
  await migration.up(runner);
  await migration.down(runner);
  await runner.query(`DELETE FROM course_evaluation`);
  await runner.query(`UPDATE course SET structure_version = 2 WHERE course_id = 'former'`);
  await runner.query(`UPDATE course_lesson SET duration_seconds = 600`);
  await expect(runner.query(`SELECT course_id FROM course_evaluation`)).resolves.toEqual([
    { course_id: 'former' },
  ]);
  await migration.up(runner);
});
