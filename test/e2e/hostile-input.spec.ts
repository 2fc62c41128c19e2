import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { auditServer } from 'graphql-http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GRAPHQL_PATH } from '../../src/common/request/graphql-path.js';
import { platform } from '../builders/catalogue.ts';
import { DOCUMENT_CASES } from '../security/hostile-documents.ts';
import { HTTP_CASES, RAW_CASES, SLOW_CASES } from '../security/hostile-http.ts';
import { VALUE_CASES } from '../security/hostile-values.ts';
import { sendAndLeave, sendRaw, type RawReply } from '../security/raw-http.ts';
import { inParallel, post, send, type Reply } from '../security/requests.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';

/** What no answer may carry: where in the code, which SQL, or what the schema has instead. */
const TELLING =
  /node_modules|\bat .*\.[jt]s:\d+|"stack|SELECT |INSERT |relation "|did you mean|pg_|ECONN/i;
const HEAP_GROWTH_MAXIMUM = 64 * 1_048_576;

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
  await expectServed();
  heapBefore = heapUsed();
});
afterAll(() => service.close());
// Whatever a case did, the next request is a normal one.
afterEach(expectServed);

async function expectServed(): Promise<void> {
  const reply = await post(service.graphqlUrl, token, {
    query: `{ getUserProgressStats(userId: "${learner}") { success } }`,
  });
  expect(reply.json).toEqual({ data: { getUserProgressStats: { success: true } } });
}

function heapUsed(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

const ask = (body: object, as = token): Promise<Reply> => post(service.graphqlUrl, as, body);
const codeOf = ({ json }: Reply): string => json.errors?.[0]?.extensions.code ?? 'OK';

function expectQuiet({ text }: { text: string }): void {
  expect(text).not.toMatch(TELLING);
  expect(text.length).toBeLessThan(20_000);
}

describe('HTTP', () => {
  it.each(Object.entries(HTTP_CASES))(
    '%s',
    async (_name, { init, path = GRAPHQL_PATH, status, code }) => {
      const reply = await send(service.origin + path, init);
      expect(reply.status, reply.text).toBe(status);
      if (code !== null) {
        expect(reply.json.errors?.[0]?.extensions).toMatchObject({
          code,
          statusCode: status,
          success: false,
        });
      }
      expectQuiet(reply);
    },
  );

  it.each(Object.entries(RAW_CASES))('over a socket: %s', async (_name, { bytes, status }) => {
    const reply = await sendRaw(service.origin, bytes);
    expect(reply.status, reply.text.slice(0, 500)).toBe(status);
    // One answer at most: nothing was smuggled behind it.
    expect(reply.text.match(/HTTP\/1\.1 \d/g) ?? []).toHaveLength(status === null ? 0 : 1);
    expectQuiet(reply);
  });

  describe('that never ends', () => {
    let replies: Map<string, Promise<RawReply>>;
    beforeAll(() => {
      replies = new Map(
        Object.entries(SLOW_CASES).map(([name, { bytes, drip }]) => [
          name,
          sendRaw(service.origin, bytes, { drip }),
        ]),
      );
    });

    it.each(Object.entries(SLOW_CASES))('is ended: %s', async (name, { within }) => {
      const reply = await replies.get(name)!;
      expect(reply.status, reply.text).toBe(408);
      expect(reply.milliseconds).toBeLessThan(within);
      expectQuiet(reply);
    });
  });

  it.each([0, 1, 20])('whose sender goes away after %s ms, five hundred times', async (afterMs) => {
    const body = JSON.stringify({
      query: `{ getUserProgressStats(userId: "${learner}") { success } }`,
    });
    const whole =
      `POST ${GRAPHQL_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
      `Authorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const entries = Array.from({ length: 500 }, (_, index) =>
      whole.slice(0, whole.length - (index % 3) * 20),
    );
    await inParallel(entries, 50, (bytes) => sendAndLeave(service.origin, bytes, afterMs));
  });

  it('of a thousand idle connections', async () => {
    const replies = Array.from({ length: 1_000 }, () => sendAndLeave(service.origin, '', 500));
    await expectServed();
    await Promise.all(replies);
  });
});

describe('documents', () => {
  it.each(Object.entries(DOCUMENT_CASES))('%s', async (_name, body) => {
    const begun = performance.now();
    const reply = await send(service.graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify(body),
    });
    expect(reply.json.errors?.[0]?.extensions.code, reply.text).toBe('BAD_USER_INPUT');
    expect([400, 405]).toContain(reply.status);
    expect(reply.json.data ?? null).toBeNull();
    expectQuiet(reply);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('an operation name of ten thousand characters, with a line for the log', async () => {
    const operationName = `a\n{"level":"fatal"}${'x'.repeat(10_000)}`;
    const reply = await ask({ query: '{ __typename }', operationName });
    expect(codeOf(reply)).toBe('BAD_USER_INPUT');
    expectQuiet(reply);
  });
});

describe('values', () => {
  it.each(Object.entries(VALUE_CASES))('%s', async (_name, { query, variables, code }) => {
    const reply = await ask({ query, variables }, administrator);
    expect(codeOf(reply), reply.text).toBe(code);
    expectQuiet(reply);
  });

  it('beats of the future are rejected one by one, and change nothing', async () => {
    const at = (date: string) => ({ seq: Number(date.slice(0, 4)), from: 0, to: 10, at: date });
    const reply = await ask(
      {
        query: `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) {
          data { watch_time_seconds } beats { result reason } } }`,
        variables: {
          input: {
            userId: learner,
            courseId: world.course._id,
            lessonId: world.lessonIds[7],
            sessionId: 's',
            beats: [
              at('2999-01-01T00:00:00Z'),
              at('9999-12-31T23:59:59Z'),
              at('0001-01-01T00:00:00Z'),
            ],
          },
        },
      },
      token,
    );
    const answer = reply.json.data!['recordWatch'] as any;
    expect(answer.beats.map(({ result }: any) => result)).toEqual([
      'REJECTED',
      'REJECTED',
      'REJECTED',
    ]);
    expect(answer.data.watch_time_seconds).toBe(0);
  });

  it('headers for the log and the answer are taken only where they are sane', async () => {
    const reply = await send(service.graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': '"},{"level":"fatal',
        'accept-language': `${'xx-YY;q=0.9,'.repeat(300)}*;q=banana`,
        'x-forwarded-for': "1.2.3.4, ' OR 1=1",
      },
      body: '{"query":"{ __typename }"}',
    });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('business', () => {
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
});

describe('after all that', () => {
  it('no more memory is in use than before', () => {
    expect(heapUsed() - heapBefore).toBeLessThan(HEAP_GROWTH_MAXIMUM);
  });

  it('the service conforms to GraphQL over HTTP, without errors or warnings', async () => {
    const results = await auditServer({
      url: service.graphqlUrl,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, {
          ...init,
          headers: { ...(init.headers as object), authorization: `Bearer ${token}` },
        }),
    });
    expect(results.length).toBeGreaterThan(50);
    // Notices are about what a server MAY do.
    expect(results.filter(({ status }) => status === 'error' || status === 'warn')).toEqual([]);
  });
});

it('is held against at least 120 cases', () => {
  const tables = [HTTP_CASES, RAW_CASES, SLOW_CASES, DOCUMENT_CASES, VALUE_CASES];
  expect(tables.flatMap((table) => Object.keys(table)).length).toBeGreaterThanOrEqual(200);
});
