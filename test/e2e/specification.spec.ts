import { afterAll, beforeAll, expect, it } from 'vitest';
import { SANDBOX } from '../../sandbox/catalogue.ts';
import { ulidOf } from '../builders/ids.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { succeed } from '../support/learning.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

let service: TestApp;
let learner: GraphqlClient;
const user = SANDBOX.users.find(({ role }) => role === 'user')!;
const course = SANDBOX.courses.find(({ sections }) => sections !== undefined)!;
const lessons = course.sections!.flatMap((section) => section.lessons.map(({ _id }) => _id));
const [lesson] = lessons;

beforeAll(async () => {
  service = await startTestApp();
  learner = await service.as({ sub: user.id, role: 'user' });
});
afterAll(() => service.close());

async function ask(query: string): Promise<any> {
  const { data, errors } = await learner.request(query);
  expect(errors).toBeUndefined();
  return Object.values(data as Record<string, unknown>)[0];
}

it('runs the eleven operations of the specification, to a completed course and one certificate', async () => {
  const created = await ask(`mutation {
    createUserProgress(createUserProgressInput: {
      userId: "${user.id}", lessonId: "${lesson}", courseId: "${course._id}",
      completed: false, watch_time_seconds: 0
    }) { success message data { id userId lessonId courseId completed watch_time_seconds createdAt updatedAt } }
  }`);
  expect(created).toMatchObject({
    success: true,
    data: { userId: user.id, lessonId: lesson, completed: false, watch_time_seconds: 0 },
  });
  const { id } = created.data;

  const updated = await ask(`mutation {
    updateUserProgress(updateUserProgressInput: { id: "${id}", completed: true, watch_time_seconds: 1200 })
    { success message data { id completed watch_time_seconds updatedAt } }
  }`);
  expect(updated.data).toMatchObject({ id, completed: true, watch_time_seconds: 1200 });

  const byLesson = await ask(`mutation {
    updateUserProgressByUserAndLesson(userId: "${user.id}", lessonId: "${lesson}",
      updateUserProgressInput: { id: "${id}", completed: true, watch_time_seconds: 1800 })
    { success message data { id completed watch_time_seconds } }
  }`);
  expect(byLesson.data).toEqual({ id, completed: true, watch_time_seconds: 1800 });

  expect(
    await ask(`mutation { deleteUserProgress(id: "${id}") { success message } }`),
  ).toMatchObject({
    success: true,
  });

  for (const each of lessons) {
    await ask(`mutation { createUserProgress(createUserProgressInput: {
      userId: "${user.id}", lessonId: "${each}", courseId: "${course._id}" }) { success } }`);
    const marked = await ask(`mutation {
      markLessonAsCompleted(userId: "${user.id}", lessonId: "${each}")
      { success message data { id completed updatedAt } } }`);
    expect(marked.data.completed).toBe(true);
  }

  const watched = await ask(`mutation {
    updateLessonWatchTime(userId: "${user.id}", lessonId: "${lesson}", seconds: 300)
    { success message data { id watch_time_seconds updatedAt } } }`);
  expect(watched.data.watch_time_seconds).toBe(300);

  const list = await ask(`query {
    userProgressList(filter: { userId: "${user.id}", courseId: "${course._id}", completed: true }, page: 1, limit: 10)
    { success message items { id userId lessonId courseId completed watch_time_seconds createdAt }
      pagination { totalItems totalPages currentPage } } }`);
  expect(list.items).toHaveLength(Math.min(10, lessons.length));
  expect(list.pagination).toEqual({
    totalItems: lessons.length,
    totalPages: Math.ceil(lessons.length / 10),
    currentPage: 1,
  });

  const one = await ask(`query { userProgress(id: "${watched.data.id}") { success message data {
    id userId lessonId courseId completed watch_time_seconds createdAt updatedAt } } }`);
  expect(one.data.lessonId).toBe(lesson);

  const same =
    await ask(`query { userProgressByUserAndLesson(userId: "${user.id}", lessonId: "${lesson}")
    { success message data { id completed watch_time_seconds createdAt updatedAt } } }`);
  expect(same.data.id).toBe(one.data.id);

  const progress =
    await ask(`query { getCourseProgress(userId: "${user.id}", courseId: "${course._id}")
    { success message data { courseId total_lessons completed_lessons progress_percentage total_watch_time } } }`);
  expect(progress.data).toEqual({
    courseId: course._id,
    total_lessons: lessons.length,
    completed_lessons: lessons.length,
    progress_percentage: 100,
    total_watch_time: 300,
  });

  const stats = await ask(`query { getUserProgressStats(userId: "${user.id}")
    { success message data { total_courses_enrolled total_lessons_completed total_watch_time_hours total_watch_time_seconds } } }`);
  expect(stats.data).toEqual({
    total_courses_enrolled: 1,
    total_lessons_completed: lessons.length,
    total_watch_time_hours: 0.08,
    total_watch_time_seconds: 300,
  });

  await waitFor(() => service.peers!.certificates.issued.length === 1, {
    message: 'a certificate',
  });
  expect(service.peers!.certificates.issued[0]).toMatchObject({
    userId: user.id,
    courseId: course._id,
  });
});

const CREATE = `mutation ($input: CreateUserProgressInput!) {
  createUserProgress(createUserProgressInput: $input) { statusCode timeStamp data { id } } }`;

/** A record of a learner of its own, so that no test meets what another did. */
async function begin(learnerId: string): Promise<{ client: GraphqlClient; created: any }> {
  const client = await service.as({ sub: learnerId, role: 'user' });
  const input = { userId: learnerId, lessonId: lesson, courseId: course._id };
  return { client, created: await succeed(client, CREATE, { input }) };
}

it('takes the id that a record had in the original service, a ULID, and gives it back as a UUID', async () => {
  const { id: userId } = SANDBOX.learners[1]!;
  const { client, created } = await begin(userId);
  const { id } = created.data;
  const ulid = ulidOf(id);

  const UPDATE = `mutation ($id: String!) {
    updateUserProgress(updateUserProgressInput: { id: $id, watch_time_seconds: 60 }) { data { id } } }`;
  const UPDATE_BY_LESSON = `mutation ($id: String!, $userId: String!, $lessonId: String!) {
    updateUserProgressByUserAndLesson(userId: $userId, lessonId: $lessonId,
      updateUserProgressInput: { id: $id, completed: false }) { data { id } } }`;
  const READ = `query ($id: ID!) { userProgress(id: $id) { data { id watch_time_seconds } } }`;
  const DELETE = `mutation ($id: ID!) { deleteUserProgress(id: $id) { data { id } } }`;
  const byLesson = { userId, lessonId: lesson };

  expect((await succeed(client, UPDATE, { id: ulid })).data.id).toBe(id);
  expect((await succeed(client, UPDATE_BY_LESSON, { id: ulid, ...byLesson })).data.id).toBe(id);
  const { errors } = await client.request(UPDATE_BY_LESSON, {
    id: ulidOf('01563e3a-b5d3-7676-8c61-efb99302bd5b'),
    ...byLesson,
  });
  expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
  expect((await succeed(client, READ, { id: ulid })).data).toEqual({ id, watch_time_seconds: 60 });
  expect((await succeed(client, DELETE, { id: ulid.toLowerCase() })).data.id).toBe(id);
});

/** More often than an operation is executed before it is compiled. */
const REPEATS = 40;

it('tells `statusCode` and `timeStamp` to clients that ask for them, each time anew', async () => {
  const { id: userId } = SANDBOX.learners[2]!;
  const before = new Date().toISOString();
  const { client, created } = await begin(userId);
  expect(created.statusCode).toBe(201);
  expect(created.timeStamp >= before).toBe(true);

  const STATS = `query ($userId: String!) {
    getUserProgressStats(userId: $userId) { success statusCode timeStamp } }`;
  let last = created.timeStamp as string;
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const { timeStamp, ...rest } = await succeed(client, STATS, { userId });
    expect(rest).toEqual({ success: true, statusCode: 200 });
    expect(new Date(timeStamp).toISOString()).toBe(timeStamp);
    expect(timeStamp >= last).toBe(true);
    last = timeStamp;
  }

  const { errors } = await client.request('{ userProgress(id: "none") { timeStamp } }');
  const { timestamp, ...extensions } = errors![0]!.extensions;
  expect(extensions).toMatchObject({ statusCode: 404, timeStamp: timestamp });
});
