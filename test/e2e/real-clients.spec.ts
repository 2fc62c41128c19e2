import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { apollo, graphqlRequest, urql } from '../support/front-ends.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';

const WATCH = `mutation Watch($input: RecordWatchInput!) {
  recordWatch(input: $input) { success message statusCode timeStamp beats { result } data { id position_seconds } } }`;
const COMPLETE = `mutation Complete($userId: String!, $lessonId: String!) {
  markLessonAsCompleted(userId: $userId, lessonId: $lessonId) { success data { id completed } } }`;
const READ = `query Read($userId: String!, $courseId: String!) {
  getCourseProgress(userId: $userId, courseId: $courseId) {
    success statusCode data { courseId completed_lessons progress_percentage } } }`;
const LIST = `query List($page: Int, $limit: Int) {
  userProgressList(page: $page, limit: $limit, orderBy: UPDATED_DESC) { items { id completed } } }`;

const world = platform({ learners: 20, lessons: 1 });
const { course, lessonIds } = world;
const learners = world.learnerIds[Symbol.iterator]();
const [lessonId] = lessonIds as [string];
const courseId = course._id;

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
});
afterAll(() => service.close());

/** Somebody new, signed in as the platform does it: by a token that says who they are, and not what. */
async function newcomer(): Promise<{ userId: string; token: string }> {
  const userId = learners.next().value!;
  return { userId, token: await signToken({ sub: userId }) };
}

describe.each([
  ['Apollo Client, by POST', apollo, { get: false, persisted: false }, ['POST']],
  ['Apollo Client, by GET', apollo, { get: true, persisted: false }, ['GET']],
  ['Apollo Client with persisted queries', apollo, { get: true, persisted: true }, ['GET', 'POST']],
  ['urql, by POST', urql, { get: false, persisted: false }, ['POST']],
  ['urql, by GET', urql, { get: true, persisted: false }, ['GET']],
  ['urql with persisted queries', urql, { get: true, persisted: true }, ['GET', 'GET']],
  ['graphql-request, by POST', graphqlRequest, { get: false, persisted: false }, ['POST']],
  ['graphql-request, by GET', graphqlRequest, { get: true, persisted: false }, ['GET']],
])('%s', (_name, connect, options, methods) => {
  it('lets a learner watch, complete and read, and tells why something is refused', async () => {
    const { userId, token } = await newcomer();
    const player = connect({ url: service.graphqlUrl, token, ...options });

    const beat = { seq: 1, from: 0, to: 10, rate: 1, at: new Date().toISOString() };
    const input = { userId, courseId, lessonId, sessionId: 'tab-1', beats: [beat] };
    const watched = await player.mutate(WATCH, { input });
    expect(watched.code).toBeUndefined();
    expect(watched.data.recordWatch).toMatchObject({
      success: true,
      statusCode: 200,
      timeStamp: expect.any(String) as string,
      beats: [{ result: 'COUNTED' }],
      data: { position_seconds: 10 },
    });
    const completed = await player.mutate(COMPLETE, { userId, lessonId });
    expect(completed.data.markLessonAsCompleted.data.completed).toBe(true);

    const page = connect({ url: service.graphqlUrl, token, ...options });
    const read = await page.query(READ, { userId, courseId });
    expect(read.code).toBeUndefined();
    expect(read.data.getCourseProgress).toMatchObject({
      success: true,
      data: { completed_lessons: 1, progress_percentage: 100 },
    });
    expect(page.methods).toEqual(methods);
    const { data } = await page.query(LIST, { page: null, limit: null });
    const { id } = watched.data.recordWatch.data;
    expect(data.userProgressList.items).toMatchObject([{ id, completed: true }]);

    const anothers = await page.query(READ, { userId: world.instructorId, courseId });
    expect(anothers.code).toBe('FORBIDDEN');
  });
});

const ADD = `mutation Add($userId: String!, $lessonId: String!, $seconds: Int!) {
  updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: $seconds) { success } }`;

describe.each([
  ['Apollo Client', apollo, { persisted: false }],
  ['Apollo Client, by GET', apollo, { get: true, persisted: false }],
  ['Apollo Client with persisted queries', apollo, { persisted: true }],
  ['urql', urql, { persisted: false }],
  ['urql with persisted queries', urql, { persisted: true }],
  ['graphql-request', graphqlRequest, { persisted: false }],
  ['graphql-request, by GET', graphqlRequest, { get: true, persisted: false }],
])('%s, as it comes', (_name, connect, options) => {
  it('answers, and gives a program the code of every refusal', async () => {
    const { userId, token } = await newcomer();
    const url = service.graphqlUrl;
    const client = connect({ url, token, ...options });
    const read = await client.query(READ, { userId, courseId });
    expect(read.code).toBeUndefined();
    expect(read.data.getCourseProgress.data.completed_lessons).toBe(0);

    const none = await client.mutate(ADD, { userId, lessonId, seconds: 10 });
    expect(none.code).toBe('NOT_FOUND');
    const wrong = await client.mutate(ADD, { userId, lessonId, seconds: 0 });
    expect(wrong.code).toBe('BAD_USER_INPUT');
    const missing = await client.query('{ getCourseProgress { nothing } }', {});
    expect(missing.code).toBe('BAD_USER_INPUT');

    const ended = await signToken({ sub: userId, exp: 1 });
    const stranger = connect({ url, token: ended, ...options });
    expect((await stranger.query(READ, { userId, courseId })).code).toBe('UNAUTHENTICATED');
    expect((await stranger.mutate(COMPLETE, { userId, lessonId })).code).toBe('UNAUTHENTICATED');
  });
});

describe('GraphiQL', () => {
  it('asks for the schema, and for one operation of several', async () => {
    const { userId, token } = await newcomer();
    const send = async (body: object): Promise<any> => {
      const response = await fetch(service.graphqlUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json, multipart/mixed',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(200);
      return response.json();
    };
    const { data } = await send({
      query: getIntrospectionQuery(),
      operationName: 'IntrospectionQuery',
    });
    expect(data.__schema.queryType.name).toBe('Query');

    const query = `${WATCH}\n${READ}`;
    const beat = { seq: 1, from: 0, to: 10, at: new Date().toISOString() };
    const input = { userId, courseId, lessonId, sessionId: 'tab-1', beats: [beat] };
    const watched = await send({ query, operationName: 'Watch', variables: { input } });
    expect(watched.data.recordWatch.success).toBe(true);
    const read = await send({ query, operationName: 'Read', variables: { userId, courseId } });
    expect(read.data.getCourseProgress.data.completed_lessons).toBe(0);
  });
});
