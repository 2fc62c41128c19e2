import { afterAll, beforeAll, expect, it } from 'vitest';
import pg from 'pg';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const COURSE = `query { courseAnalytics(courseId: "course") { data { learners lessons { started } } } }`;

let database: TestDatabase;
let former: pg.Client;
let service: TestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(`
    INSERT INTO course (course_id, lessons_listed, lessons_total, instructor_id)
    VALUES ('course', true, 1, 'INSTRUCTOR');
    INSERT INTO course_lesson (course_id, lesson_id, position) VALUES ('course', 'lesson', 1);
    INSERT INTO user_progress (user_id, lesson_id, course_id, watched)
    SELECT 'learner ' || n, 'lesson', 'course', '{[0,10)}' FROM generate_series(1, 7) n;
    INSERT INTO course_progress (user_id, course_id, lessons_started)
    SELECT user_id, course_id, 1 FROM user_progress`);
  const { host, port, user, password } = database.pool.options;
  former = new pg.Client({
    ...{ host, port, user, password, database: database.name },
    application_name: 'user-progress',
  });
  await former.connect();
  service = await startTestApp({ database, catalogue: false });
  await runJob('analytics-folding');
});
afterAll(async () => {
  await service.close();
  await database.drop();
});

const runJob = (name: string) => service.app.get(BackgroundJobs, { strict: false }).runNow(name);

async function ask() {
  const administrator = await service.as({ sub: 'ADMINISTRATOR', role: 'admin' });
  const { data, errors } = await administrator.request(COURSE);
  return errors?.[0]?.extensions?.['state'] ?? data.courseAnalytics.data;
}

const isBegun = async () =>
  (await database.pool.query('SELECT building FROM analytics_state')).rows[0].building !== null;

it('figures of a platform that was upgraded are there when its former processes are gone', async () => {
  await runJob('analytics-history');
  expect(await ask()).toBe('NOT_BUILT');
  await former.end();
  await expect
    .poll(async () => {
      await runJob('analytics-history');
      return isBegun();
    })
    .toBe(true);
  await database.pool.query(`UPDATE analytics_state SET since = since - interval '20 minutes'`);
  await runJob('analytics-history');
  expect(await ask()).toEqual({ learners: 7, lessons: [{ started: 7 }] });
});
