import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { codeOf, expectNoMoreMemory, expectServed, heapUsed } from '../security/checks.ts';
import { post, type Reply } from '../security/requests.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';

const world = platform({ lessons: 8, learners: 4, durationSeconds: 3_600 });
const [learner, another, watcher, racer] = world.learnerIds as [string, string, string, string];

let service: TestApp;
let administrator: string;
let token: string;
let heapBefore: number;

beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
  administrator = await signToken({ sub: world.administratorId, role: 'admin' });
  token = await signToken({ sub: learner, role: 'user' });
  await served();
  heapBefore = heapUsed();
});
afterAll(() => service.close());
// Whatever a case did, the next request is a normal one.
afterEach(served);

async function served(): Promise<void> {
  await expectServed(service.graphqlUrl, token, learner);
}
const ask = (body: object, as: string): Promise<Reply> => post(service.graphqlUrl, as, body);

const key = (userId: string, lesson: number) => ({ userId, lessonId: world.lessonIds[lesson]! });
const CREATE = `mutation ($input: CreateUserProgressInput!) {
  createUserProgress(createUserProgressInput: $input) { data { id watch_time_seconds } } }`;
const ADD = `mutation ($userId: String!, $lessonId: String!, $seconds: Int!, $key: String) {
  updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: $seconds, idempotencyKey: $key) {
    data { watch_time_seconds } } }`;
const STATS =
  'query ($userId: String!) { getUserProgressStats(userId: $userId) { data { total_watch_time_seconds } } }';

const create = (userId: string, lesson: number, as: string) =>
  ask(
    {
      query: CREATE,
      variables: { input: { ...key(userId, lesson), courseId: world.course._id } },
    },
    as,
  );
const watchTime = async (userId: string): Promise<number> => {
  const { json } = await ask({ query: STATS, variables: { userId } }, administrator);
  return (json.data!['getUserProgressStats'] as any).data.total_watch_time_seconds;
};
const as = (sub: string) => signToken({ sub, role: 'user' });

it('of fifty parallel creates one succeeds', async () => {
  const mine = await as(racer);
  const replies = await Promise.all(Array.from({ length: 50 }, () => create(racer, 0, mine)));
  expect(replies.map(codeOf).sort()).toEqual([
    ...Array.from({ length: 49 }, () => 'CONFLICT'),
    'OK',
  ]);
});

it('a keyed request that is replayed, and fifty times at once, is counted once', async () => {
  const mine = await as(racer);
  await create(racer, 1, mine);
  const before = await watchTime(racer);
  const body = { query: ADD, variables: { ...key(racer, 1), seconds: 7, key: 'replayed' } };
  const replies = await Promise.all(Array.from({ length: 50 }, () => ask(body, mine)));
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  expect(codeOf(replies[0]!)).toBe('OK');
  expect((await watchTime(racer)) - before).toBe(7);
  const changed = await ask({ ...body, variables: { ...body.variables, seconds: 8 } }, mine);
  expect(codeOf(changed)).toBe('CONFLICT');
});

it('a key of somebody else’s is nobody else’s', async () => {
  const mine = await as(another);
  await create(another, 1, mine);
  const reply = await ask(
    { query: ADD, variables: { ...key(another, 1), seconds: 9, key: 'replayed' } },
    mine,
  );
  expect((reply.json.data!['updateLessonWatchTime'] as any).data.watch_time_seconds).toBe(9);
});

it('watch time that would overflow is refused, and stays what it was', async () => {
  const mine = await as(another);
  const { json } = await create(another, 2, mine);
  const { id } = (json.data!['createUserProgress'] as any).data;
  const set = await ask(
    {
      query: `mutation ($input: UpdateUserProgressInput!) { updateUserProgress(updateUserProgressInput: $input) { success } }`,
      variables: { input: { id, watch_time_seconds: 2_147_483_647 } },
    },
    mine,
  );
  expect(codeOf(set)).toBe('OK');
  expect(
    codeOf(await ask({ query: ADD, variables: { ...key(another, 2), seconds: 1 } }, mine)),
  ).toBe('BAD_USER_INPUT');
  expect(await watchTime(another)).toBe(2_147_483_647 + 9);
});

it('one learner on many devices is credited no more than the clock allows', async () => {
  const mine = await as(watcher);
  const at = new Date(Date.now() - 5_000).toISOString();
  const watch = (device: number) =>
    ask(
      {
        query: `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { beats { creditedSeconds } } }`,
        variables: {
          input: {
            ...key(watcher, device % 8),
            courseId: world.course._id,
            sessionId: `device-${device}`,
            beats: Array.from({ length: 20 }, (_, seq) => ({
              seq,
              from: seq * 60,
              to: seq * 60 + 60,
              at,
              rate: 1,
            })),
          },
        },
      },
      mine,
    );
  const replies = await Promise.all(Array.from({ length: 24 }, (_, device) => watch(device)));
  expect(new Set(replies.map(codeOf))).toEqual(new Set(['OK']));
  // Twenty minutes each were claimed, all for the same minute: twice its length and the slack are possible.
  expect(await watchTime(watcher)).toBeLessThanOrEqual(60 * 2 + 2 * 5);
});

it('ids of two records never mix', async () => {
  const mine = await as(learner);
  const [one, two] = await Promise.all([create(learner, 3, mine), create(learner, 4, mine)]);
  expect([one, two].map(codeOf)).toEqual(['OK', 'OK']);
  const { id } = (one.json.data!['createUserProgress'] as any).data;
  const mixed = await ask(
    {
      query: `mutation ($userId: String!, $lessonId: String!, $input: UpdateUserProgressInput!) {
        updateUserProgressByUserAndLesson(userId: $userId, lessonId: $lessonId, updateUserProgressInput: $input) { success } }`,
      variables: { ...key(learner, 4), input: { id, completed: true } },
    },
    mine,
  );
  expect(codeOf(mixed)).toBe('BAD_USER_INPUT');
});

it('a lesson of another course is not found', async () => {
  const reply = await ask(
    {
      query: CREATE,
      variables: {
        input: { userId: learner, lessonId: 'elsewhere', courseId: world.course._id },
      },
    },
    await as(learner),
  );
  expect(codeOf(reply)).toBe('NOT_FOUND');
});

it('left every rollup exact', async () => {
  expect(await rollupDifferences(service.app)).toEqual([]);
});

it('no more memory is in use than before', () => {
  expectNoMoreMemory(heapBefore);
});
