import { connect, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { registry } from '../../src/common/metrics/registry.js';
import { platform } from '../builders/catalogue.ts';
import { userId } from '../builders/ids.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { captureLogs, type LogLine } from '../support/logs.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

const TIMEOUT_MS = 400;
const world = platform({ lessons: 1 });
const good = (id: string) => ({ success: true, data: { id, role: 'user' } });

type Answer = (message: Msg, request: { id: string; data: { id: string } }) => void | Promise<void>;

let service: TestApp;
let administrator: GraphqlClient;
let nats: NatsConnection;
/** What the user service does next. */
let answer: Answer;
const logged: LogLine[] = [];

const envelope = (id: string, response: unknown): string =>
  JSON.stringify({ response, isDisposed: true, id });
const normally: Answer = (message, { id, data }) =>
  void message.respond(envelope(id, good(data.id)));

beforeAll(async () => {
  service = await startTestApp({
    catalogue: false,
    environment: {
      NATS_REQUEST_TIMEOUT_MS: String(TIMEOUT_MS),
      NATS_BREAKER_FAILURES: '1000',
      LOG_LEVEL: 'fatal',
    },
  });
  captureLogs(logged, 'debug');
  nats = await connect({ servers: service.nats.url });
  const serve = (subject: string, handle: Answer) =>
    nats.subscribe(subject, {
      callback: (_error, message) => void handle(message, JSON.parse(message.string())),
    });
  serve('user.get.by.id', (message, request) => answer(message, request));
  serve(
    'course.get.by.id',
    (message, { id }) => void message.respond(envelope(id, { data: world.course })),
  );
  await nats.flush();
  administrator = await service.as({ sub: world.administratorId, role: 'admin' });
});
afterAll(async () => {
  await nats.close();
  await service.close();
});
beforeEach(() => {
  answer = normally;
});

const create = (id: string) =>
  administrator.request(
    `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`,
    { input: { userId: id, lessonId: world.lessonIds[0], courseId: world.course._id } },
  );

async function total(metric: string, labels: Record<string, string> = {}): Promise<number> {
  const { values } = await registry.getSingleMetric(metric)!.get();
  return values
    .filter((value) =>
      Object.entries(labels).every(([name, wanted]) => value.labels[name] === wanted),
    )
    .reduce((sum, { value }) => sum + value, 0);
}

const raw =
  (body: string | Uint8Array): Answer =>
  (message) =>
    void message.respond(body);
const saying =
  (response: unknown): Answer =>
  (message, { id }) =>
    void message.respond(envelope(id, response));

it.each<[string, Answer, string, string]>([
  ['no answer at all', () => undefined, 'SERVICE_UNAVAILABLE', 'timeout'],
  ['no JSON', raw('<html>502</html>'), 'SERVICE_UNAVAILABLE', 'malformed'],
  ['JSON cut short', raw('{"response":{"success":true,'), 'SERVICE_UNAVAILABLE', 'malformed'],
  [
    'bytes that are not UTF-8',
    raw(Uint8Array.of(0x22, 0xff, 0x22)),
    'SERVICE_UNAVAILABLE',
    'malformed',
  ],
  ['a list', raw('[]'), 'SERVICE_UNAVAILABLE', 'malformed'],
  ['a number', raw('7'), 'SERVICE_UNAVAILABLE', 'malformed'],
  ['an object of another shape', raw('{"ok":true}'), 'SERVICE_UNAVAILABLE', 'malformed'],
  [
    'nested a hundred thousand deep',
    raw(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    'SERVICE_UNAVAILABLE',
    'malformed',
  ],
  [
    'the answer to another request',
    raw(envelope('another', good('x'))),
    'SERVICE_UNAVAILABLE',
    'malformed',
  ],
  [
    'a megabyte, as large as NATS carries',
    raw(`"${'x'.repeat(1_048_000)}"`),
    'SERVICE_UNAVAILABLE',
    'malformed',
  ],
  ['another user', saying(good('somebody-else')), 'SERVICE_UNAVAILABLE', 'answer'],
  ['data that is a text', saying({ success: true, data: 'yes' }), 'SERVICE_UNAVAILABLE', 'answer'],
  ['data that is a list', saying({ success: true, data: [] }), 'SERVICE_UNAVAILABLE', 'answer'],
  ['nobody', saying({ success: false, data: null }), 'NOT_FOUND', 'answer'],
  ['an empty body', raw(''), 'NOT_FOUND', 'answer'],
  [
    'an error with a stack',
    (message, { id }) =>
      void message.respond(
        JSON.stringify({ err: { message: 'x', stack: 'at peer.js:1:1' }, isDisposed: true, id }),
      ),
    'NOT_FOUND',
    'refused',
  ],
  [
    'a prototype',
    saying(JSON.parse('{"success":true,"data":{"__proto__":{"admin":true}}}')),
    'OK',
    'answer',
  ],
])('a reply that is %s is contained and counted', async (_case, reply, code, outcome) => {
  answer = reply;
  const before = await total('progress_peer_requests_total', { peer: 'users', outcome });
  const begun = performance.now();
  const { errors } = await create(userId());
  expect(errors?.[0]?.extensions.code ?? 'OK').toBe(code);
  expect(JSON.stringify(errors ?? [])).not.toMatch(/peer\.js|stack|<html>/);
  expect(performance.now() - begun).toBeLessThan(TIMEOUT_MS + 1_500);
  expect(await total('progress_peer_requests_total', { peer: 'users', outcome })).toBe(before + 1);
  expect(
    logged.some(({ msg, subject }) => msg === 'NATS request' && subject === 'user.get.by.id'),
  ).toBe(true);
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();

  answer = normally;
  expect((await create(userId())).errors).toBeUndefined();
});

it('a reply that comes too late is dropped and counted, and answers nobody else', async () => {
  const before = await total('progress_peer_stray_replies_total');
  answer = async (message, request) => {
    await sleep(TIMEOUT_MS + 200);
    await normally(message, request);
  };
  expect((await create(userId())).errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
  await waitFor(async () => (await total('progress_peer_stray_replies_total')) === before + 1, {
    message: 'the late reply is counted',
  });
  answer = normally;
  expect((await create(userId())).errors).toBeUndefined();
});

it('a reply that comes a thousand times counts once', async () => {
  const before = await total('progress_peer_stray_replies_total');
  answer = (message, request) => {
    for (let time = 0; time < 1_000; time += 1) void normally(message, request);
  };
  expect((await create(userId())).errors).toBeUndefined();
  await waitFor(async () => (await total('progress_peer_stray_replies_total')) === before + 999, {
    message: 'the repetitions are counted',
  });
});
