import { afterAll, beforeAll, expect, it } from 'vitest';
import { SANDBOX } from '../../sandbox/catalogue.ts';
import { ulidOf } from '../builders/ids.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { succeed } from '../support/learning.ts';
import { walkSpecification } from '../support/specification-walk.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

let service: TestApp;
const user = SANDBOX.users.find(({ role }) => role === 'user')!;
const course = SANDBOX.courses.find(({ sections }) => sections !== undefined)!;
const lesson = course.sections![0]!.lessons[0]!._id;

beforeAll(async () => {
  service = await startTestApp();
});
afterAll(() => service.close());

it('runs the eleven operations of the specification, to a completed course and one certificate', async () => {
  await walkSpecification(await service.as({ sub: user.id, role: 'user' }), user.id, course);

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
