import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

const world = platform({ lessons: 5 });
const [userId] = world.learnerIds as [string];
const PEER_TIMEOUT_MS = 2_000;
let service: TestApp;
let learner: GraphqlClient;

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: {
      NATS_REQUEST_TIMEOUT_MS: String(PEER_TIMEOUT_MS),
      USER_CACHE_SECONDS: '0',
      COURSE_REFRESH_SECONDS: '1',
    },
  });
  learner = await service.as({ sub: userId, role: 'user' });
});
afterAll(() => service.close());

async function create(lesson: number) {
  return learner.request(
    `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`,
    { input: { userId, courseId: world.course._id, lessonId: world.lessonIds[lesson] } },
  );
}
const errorOf = (answer: Awaited<ReturnType<typeof create>>) => answer.errors?.[0]?.extensions.code;

it('names what does not exist', async () => {
  for (const [field, resource] of [
    ['userId', 'user'],
    ['courseId', 'course'],
    ['lessonId', 'lesson'],
  ]) {
    const administrator = await service.as({ sub: world.administratorId, role: 'admin' });
    const input = {
      userId,
      courseId: world.course._id,
      lessonId: world.lessonIds[0],
      [field!]: 'nobody-knows-it',
    };
    const { errors } = await administrator.request(
      `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`,
      { input },
    );
    expect(errors![0]!.extensions).toMatchObject({ code: 'NOT_FOUND', resource });
    expect(errors![0]!.message).toContain('nobody-knows-it');
  }
});

it('goes on reading and adding watch time while NATS is away, refuses creating at once, and heals by itself', async () => {
  expect((await create(0)).errors).toBeUndefined();

  await service.nats.stop('SIGKILL');
  await waitFor(async () => errorOf(await create(1)) === 'SERVICE_UNAVAILABLE', {
    message: 'creating to be refused',
  });
  const begun = performance.now();
  expect(errorOf(await create(1))).toBe('SERVICE_UNAVAILABLE');
  expect(performance.now() - begun).toBeLessThan(PEER_TIMEOUT_MS);
  const { rows } = await service.database.pool.query('SELECT 1 FROM user_progress');
  expect(rows).toHaveLength(1);

  const watched = await learner.request(
    `mutation ($userId: String!, $lessonId: String!) {
      updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: 10) { data { watch_time_seconds } } }`,
    { userId, lessonId: world.lessonIds[0] },
  );
  expect(watched.data.updateLessonWatchTime.data.watch_time_seconds).toBe(10);
  const progress = await learner.request(
    `query ($userId: String!, $courseId: String!) {
      getCourseProgress(userId: $userId, courseId: $courseId) { data { total_lessons total_watch_time } } }`,
    { userId, courseId: world.course._id },
  );
  expect(progress.data.getCourseProgress.data).toEqual({ total_lessons: 5, total_watch_time: 10 });

  await service.nats.restart();
  await waitFor(async () => (await create(1)).errors === undefined, {
    timeoutMs: 10_000,
    message: 'creating to work again',
  });
}, 40_000);
