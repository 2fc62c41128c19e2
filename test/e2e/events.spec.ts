import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { OutboxHandlers } from '../../src/modules/outbox/outbox-handlers.js';
import { TOPICS } from '../../src/modules/outbox/topics.js';
import { platform } from '../builders/catalogue.ts';
import { study, succeed } from '../support/learning.ts';
import { startNatsServer, type NatsServer } from '../support/nats.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

interface Event {
  subject: string;
  messageId: string | undefined;
  body: Record<string, any>;
}

const world = platform({ lessons: 2, learners: 1 });
const key = { userId: world.learnerIds[0]!, courseId: world.course._id };
const [first, last] = world.lessonIds as [string, string];

const documentation = readFileSync(join(import.meta.dirname, '../../docs/events.md'), 'utf8');
const documented: Record<string, any>[] = [...documentation.matchAll(/```json\n(.*?)```/gs)].map(
  ([, example]) => JSON.parse(example!) as Record<string, any>,
);

let nats: NatsServer;
let connection: NatsConnection;
let service: TestApp;

async function start(jetStream: boolean): Promise<void> {
  nats = await startNatsServer({ jetStream });
  connection = await connect({ servers: nats.url });
}
const startService = async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    nats,
    environment: { OUTBOX_POLL_MS: '50' },
  });
};
afterEach(async () => {
  await service.close();
  await connection.close();
  await nats.stop();
});

/** A lesson completed, reopened and completed again, then the other: the course, the certificate. */
async function completeCourse(): Promise<void> {
  const learner = await service.as({ sub: key.userId, role: 'user' });
  await study(learner, key, [first]);
  const { data } = await succeed(
    learner,
    `query ($userId: String!, $lessonId: String!) {
      userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) { data { id } } }`,
    { userId: key.userId, lessonId: first },
  );
  for (const completed of [false, true]) {
    await succeed(
      learner,
      `mutation ($input: UpdateUserProgressInput!) { updateUserProgress(updateUserProgressInput: $input) { success } }`,
      { input: { id: data.id, completed } },
    );
  }
  await study(learner, key, [last]);
}

const EXPECTED = [
  ['progress.certificate.issued', undefined],
  ['progress.course.completed', undefined],
  ['progress.lesson.completed', first],
  ['progress.lesson.completed', first],
  ['progress.lesson.completed', last],
  ['progress.lesson.reopened', first],
];

function expectAll(events: readonly Event[]): void {
  const told = events.map(({ subject, body }) => [subject, body['data'].lessonId as unknown]);
  expect(told.sort()).toEqual([...EXPECTED].sort());
  for (const { subject, body } of events) {
    expect(body).toMatchObject({ type: subject, data: key });
    const example = documented.find(({ type }) => type === subject)!;
    expect(Object.keys(body)).toEqual(Object.keys(example));
    expect(Object.keys(body['data'])).toEqual(Object.keys(example['data']));
    expect(body['source']).toBe(example['source']);
    expect(new Date(body['time'] as string).toISOString()).toBe(body['time']);
  }
  expect(new Set(events.map(({ body }) => body['id'])).size).toBe(events.length);
}

it('are told to whoever listens, in the documented form', async () => {
  await start(false);
  await startService();
  const heard: Event[] = [];
  connection.subscribe('progress.>', {
    callback: (_error, message) => {
      heard.push({ subject: message.subject, messageId: undefined, body: message.json() });
    },
  });
  await connection.flush();
  await completeCourse();
  await waitFor(() => heard.length >= EXPECTED.length, { message: 'all events are told' });
  expectAll(heard);
});

it('are kept by a stream where there is one, under the id that lets it drop duplicates', async () => {
  await start(true);
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'PROGRESS', subjects: ['progress.>'] });
  await startService();
  await completeCourse();
  const kept = async () => (await manager.streams.info('PROGRESS')).state.messages;
  await waitFor(async () => (await kept()) >= EXPECTED.length, { message: 'the stream has all' });

  const consumer = await jetstream(connection).consumers.get('PROGRESS');
  const events: Event[] = [];
  for await (const message of await consumer.fetch({ max_messages: 10, expires: 1_000 })) {
    const messageId = message.headers?.get('Nats-Msg-Id');
    events.push({ subject: message.subject, messageId, body: message.json() });
  }
  expectAll(events);
  expect(events.map(({ messageId }) => messageId)).toEqual(events.map(({ body }) => body['id']));
});

it('somebody delivers each topic: rows of one that nobody registered for would pile up', async () => {
  await start(false);
  await startService();
  const handlers = service.app.get(OutboxHandlers, { strict: false });
  for (const topic of Object.values(TOPICS)) expect(() => handlers.for(topic)).not.toThrow();
});
