import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlAnswer, GraphqlClient } from '../support/graphql-client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 30, learners: 3 });
const [mine, theirs] = world.learnerIds as [string, string];
let service: TestApp;
let learner: GraphqlClient;
let administrator: GraphqlClient;
let instructor: GraphqlClient;

beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
  learner = await service.as({ sub: mine, role: 'user' });
  administrator = await service.as({ sub: world.administratorId, role: 'admin' });
  instructor = await service.as({ sub: world.instructorId, role: 'instructor' });
  for (const userId of [mine, theirs]) {
    for (const [index, lessonId] of world.lessonIds.entries()) {
      const { errors } = await administrator.request(
        `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`,
        { input: { userId, lessonId, courseId: world.course._id, completed: index % 3 === 0 } },
      );
      expect(errors).toBeUndefined();
    }
  }
});
afterAll(() => service.close());

const LIST = `query ($filter: UserProgressFilterInput, $page: Int, $limit: Int) {
  userProgressList(filter: $filter, page: $page, limit: $limit) {
    items { id userId lessonId completed } pagination { totalItems totalPages currentPage } } }`;
const ORDERED = `query ($filter: UserProgressFilterInput, $page: Int, $orderBy: UserProgressOrder) {
  userProgressList(filter: $filter, page: $page, orderBy: $orderBy) { items { id lessonId updatedAt } } }`;
const CONNECTION = `query ($filter: UserProgressFilterInput, $first: Int!, $after: String) {
  userProgressConnection(filter: $filter, first: $first, after: $after) {
    success edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

async function list(client: GraphqlClient, variables: object) {
  const { data, errors } = await client.request(LIST, variables as Record<string, unknown>);
  expect(errors).toBeUndefined();
  return data.userProgressList;
}
async function refusal(client: GraphqlClient, query: string, variables: object) {
  const { data, errors } = await client.request(query, variables as Record<string, unknown>);
  expect(data).toBeNull();
  return errors![0]!.extensions;
}

describe('userProgressList', () => {
  it('shows a learner their own, twelve a page, in a stable order', async () => {
    const pages = [];
    for (const page of [1, 2, 3]) pages.push(await list(learner, { page }));
    expect(pages.map(({ items }) => items.length)).toEqual([12, 12, 6]);
    expect(pages[0].pagination).toEqual({ totalItems: 30, totalPages: 3, currentPage: 1 });
    const items = pages.flatMap((page) => page.items as { userId: string; lessonId: string }[]);
    expect(items.every(({ userId }) => userId === mine)).toBe(true);
    expect(items.map(({ lessonId }) => lessonId)).toEqual(world.lessonIds);
  });

  it.each([
    ['nothing', {}, 60],
    ['a learner', { userId: mine }, 30],
    ['a course', { courseId: world.course._id }, 60],
    ['a lesson', { lessonId: world.lessonIds[3] }, 2],
    ['completion', { completed: true }, 20],
    ['a learner and completion', { userId: mine, completed: false }, 20],
    [
      'everything',
      { userId: mine, courseId: world.course._id, lessonId: world.lessonIds[0], completed: true },
      1,
    ],
    ['what does not exist', { courseId: 'none' }, 0],
  ])('filters by %s, with an exact total', async (_, filter, total) => {
    const { items, pagination } = await list(administrator, { filter, limit: 100 });
    expect(pagination.totalItems).toBe(total);
    expect(items).toHaveLength(total);
  });

  it('lets an instructor read the learners of a course that they teach, and wants it named', async () => {
    const page = await list(instructor, { filter: { courseId: world.course._id }, limit: 100 });
    expect(page.pagination.totalItems).toBe(60);
    expect(await refusal(instructor, LIST, {})).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it.each([
    [{ limit: 101 }, 'limit'],
    [{ limit: 0 }, 'limit'],
    [{ page: 0 }, 'page'],
    [{ page: -1 }, 'page'],
  ])('refuses %j', async (variables, field) => {
    expect(await refusal(learner, LIST, variables)).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ field }],
    });
  });

  it('takes null for the default page and limit', async () => {
    const asked = await list(learner, { page: null, limit: null });
    expect(asked).toEqual(await list(learner, {}));
    const { data, errors } = await learner.request(
      `{ userProgressConnection(first: null) { edges { node { id } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.userProgressConnection.edges).toHaveLength(12);
  });

  it('shows what a learner changed last first, where that is asked for', async () => {
    for (const lessonId of [world.lessonIds[20], world.lessonIds[7]]) {
      const { errors } = await learner.request(
        `mutation ($userId: String!, $lessonId: String!) {
          updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: 1) { success } }`,
        { userId: mine, lessonId },
      );
      expect(errors).toBeUndefined();
    }
    const items: { id: string; lessonId: string; updatedAt: string }[] = [];
    for (const page of [1, 2, 3]) {
      const { data, errors } = await learner.request(ORDERED, { page, orderBy: 'UPDATED_DESC' });
      expect(errors).toBeUndefined();
      items.push(...data.userProgressList.items);
    }
    expect(items.slice(0, 2).map(({ lessonId }) => lessonId)).toEqual([
      world.lessonIds[7],
      world.lessonIds[20],
    ]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(30);
    const times = items.map(({ updatedAt }) => updatedAt);
    expect(times).toEqual([...times].sort().reverse());
    const { data } = await learner.request(ORDERED, { orderBy: null });
    expect(data.userProgressList.items[0].lessonId).toBe(world.lessonIds[0]);
  });

  it('shows the last changes of one learner only', async () => {
    const latest = { orderBy: 'UPDATED_DESC' };
    const ofCourse = { ...latest, filter: { courseId: world.course._id } };
    for (const [client, variables] of [
      [administrator, latest],
      [administrator, ofCourse],
      [instructor, ofCourse],
    ] as const) {
      expect(await refusal(client, ORDERED, variables)).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    const filter = { userId: theirs, courseId: world.course._id, completed: true };
    const { data } = await instructor.request(ORDERED, { ...latest, filter });
    expect(data.userProgressList.items).toHaveLength(10);
    expect(await refusal(learner, ORDERED, { ...latest, filter })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('refuses to skip more than ten thousand records, and says what to do instead', async () => {
    const { errors } = await learner.request(LIST, { page: 102, limit: 100 });
    expect(errors![0]).toMatchObject({
      message: expect.stringContaining('userProgressConnection') as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('userProgressConnection', () => {
  it('walks every record once', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: GraphqlAnswer<any> = await learner.request(CONNECTION, { first: 7, after });
      const { edges, pageInfo } = page.data.userProgressConnection;
      seen.push(...edges.map((edge: { node: { id: string } }) => edge.node.id));
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      after = pageInfo.hasNextPage ? (pageInfo.endCursor as string) : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(30);
    expect(seen).toEqual([...seen].sort());
  });

  it('refuses a cursor of another filter, of another person, and one that was made up', async () => {
    const { data } = await administrator.request(CONNECTION, {
      first: 1,
      filter: { userId: mine },
    });
    const after = data.userProgressConnection.pageInfo.endCursor as string;
    const wrong = [
      refusal(administrator, CONNECTION, { first: 1, filter: { userId: theirs }, after }),
      refusal(learner, CONNECTION, { first: 1, filter: { userId: mine }, after }),
      refusal(administrator, CONNECTION, { first: 1, filter: { userId: mine }, after: 'made-up' }),
      refusal(administrator, CONNECTION, {
        first: 1,
        filter: { userId: mine },
        after: `${after}A`,
      }),
    ];
    for (const extensions of await Promise.all(wrong)) {
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', success: false, statusCode: 400 });
    }
  });
});
