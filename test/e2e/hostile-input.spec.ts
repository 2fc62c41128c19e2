import { auditServer } from 'graphql-http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GRAPHQL_PATH } from '../../src/common/request/graphql-path.js';
import { platform } from '../builders/catalogue.ts';
import {
  codeOf,
  expectNoMoreMemory,
  expectQuiet,
  expectServed,
  heapUsed,
} from '../security/checks.ts';
import { DOCUMENT_CASES } from '../security/hostile-documents.ts';
import { HEADER_CASES, PERSISTED_FORMS } from '../security/hostile-headers.ts';
import { HTTP_CASES, RAW_CASES, SLOW_CASES } from '../security/hostile-http.ts';
import { VALUE_CASES } from '../security/hostile-values.ts';
import { sendAndLeave, sendRaw, type RawReply } from '../security/raw-http.ts';
import { inParallel, post, send, type Reply } from '../security/requests.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';

const world = platform({ lessons: 8, learners: 1, durationSeconds: 3_600 });
const [learner] = world.learnerIds as [string];

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
const ask = (body: object, as = token): Promise<Reply> => post(service.graphqlUrl, as, body);

describe('HTTP', () => {
  it.each(Object.entries({ ...HTTP_CASES, ...HEADER_CASES }))(
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
    await served();
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

  it.each(Object.entries(PERSISTED_FORMS))(
    'as a persisted query, %s, are not known: the client sends the document',
    async (_form, persistedQuery) => {
      for (const query of [undefined, '{ __typename }']) {
        const reply = await ask({ query, extensions: { persistedQuery } });
        expect(codeOf(reply), reply.text).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
        expectQuiet(reply);
      }
    },
  );

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

describe('after all that', () => {
  it('every rollup is exact', async () => {
    expect(await rollupDifferences(service.app)).toEqual([]);
  });

  it('no more memory is in use than before', () => {
    expectNoMoreMemory(heapBefore);
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
  const tables = [HTTP_CASES, HEADER_CASES, RAW_CASES, SLOW_CASES, DOCUMENT_CASES, VALUE_CASES];
  expect(tables.flatMap((table) => Object.keys(table)).length).toBeGreaterThanOrEqual(200);
});
