import pg from 'pg';
import { expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 1 });
const [userId] = world.learnerIds as [string];
const CREATE = `mutation ($input: CreateUserProgressInput!) {
  createUserProgress(createUserProgressInput: $input) { success } }`;
const COURSE = `query ($courseId: String!) {
  courseAnalytics(courseId: $courseId) { data { since } } }`;

/** How many hours before now days begin, and whether the figures are built. */
async function stateOf({ pool }: TestDatabase) {
  const { rows } = await pool.query(`
    SELECT round(extract(epoch FROM now() - since) / 3600)::int AS hours, built_at IS NOT NULL AS built
    FROM analytics_state`);
  return rows;
}

async function withServices(
  count: number,
  database: TestDatabase,
  work: (services: TestApp[]) => Promise<void>,
): Promise<void> {
  const services = await Promise.all(
    Array.from({ length: count }, () =>
      startTestApp({
        database,
        catalogue: world.catalogue,
        environment: { WATCH_MAX_AGE_HOURS: '48' },
      }),
    ),
  );
  try {
    await work(services);
  } finally {
    for (const service of services) await service.close();
    await database.drop();
  }
}

async function createRecord(service: TestApp): Promise<void> {
  const learner = await service.as({ sub: userId, role: 'user' });
  const { errors } = await learner.request(CREATE, {
    input: { userId, courseId: world.course._id, lessonId: world.lessonIds[0] },
  });
  expect(errors).toBeUndefined();
}

it('a new platform has whole figures from the first moment, however many processes start at once', async () => {
  const database = await createTestDatabase();
  await withServices(2, database, async (services) => {
    expect(await stateOf(database)).toEqual([{ hours: 48, built: true }]);
    await createRecord(services[0]!);
    const administrator = await services[1]!.as({ sub: 'ADMINISTRATOR', role: 'admin' });
    const { errors } = await administrator.request(COURSE, { courseId: world.course._id });
    expect(errors).toBeUndefined();
  });
});

it('an empty platform on which a version before still serves is built as one that was upgraded', async () => {
  const database = await createTestDatabase();
  const { host, port, user, password } = database.pool.options;
  const former = new pg.Client({
    ...{ host, port, user, password, database: database.name },
    application_name: 'user-progress',
  });
  await former.connect();
  await withServices(1, database, async () => {
    const state = await stateOf(database);
    await former.end();
    expect(state).toEqual([{ hours: 0, built: false }]);
  });
});

it('records that were there before are not taken for a whole history', async () => {
  const database = await createTestDatabase();
  await database.pool.query(
    `INSERT INTO user_progress (user_id, lesson_id, course_id) VALUES ('one', 'lesson', 'course')`,
  );
  await withServices(1, database, async () => {
    expect(await stateOf(database)).toEqual([{ hours: 0, built: false }]);
  });
});
