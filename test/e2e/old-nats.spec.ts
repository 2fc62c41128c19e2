import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { courseProgress, study, succeed, untilCertificate } from '../support/learning.ts';
import { startNatsServer, type NatsServer } from '../support/nats.ts';
import { startOldNats, type OldNats } from '../support/old-nats.ts';
import { startTestApp, untilConnected, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

/** In which creating has to be answered, by the specification. */
const CREATED_WITHIN_MS = 3_000;
const CREATE = `mutation ($input: CreateUserProgressInput!) {
  createUserProgress(createUserProgressInput: $input) { success } }`;

const world = platform({ lessons: 2, learners: 6 });
const [userId] = world.learnerIds as [string];
const key = { userId, courseId: world.course._id };
const [first, last] = world.lessonIds as [string, string];

let nats: NatsServer;
let old: OldNats;
let service: TestApp;

beforeEach(async () => {
  nats = await startNatsServer({ jetStream: true });
  old = await startOldNats(nats);
});
afterEach(async () => {
  await service.close();
  await old.close();
  await nats.stop();
});

const start = async (catalogue: typeof world.catalogue | false): Promise<void> => {
  service = await startTestApp({
    catalogue,
    nats: { ...nats, url: old.url },
    environment: { OUTBOX_POLL_MS: '50' },
  });
};
const learner = (): Promise<GraphqlClient> => service.as({ sub: userId, role: 'user' });

/** Subjects of what was published, as the platform's own services would hear it. */
async function overhear(connection: NatsConnection): Promise<string[]> {
  const subjects: string[] = [];
  connection.subscribe('progress.*.*', {
    callback: (_, { subject }) => {
      subjects.push(subject);
    },
  });
  await connection.flush();
  return subjects;
}

describe('on a NATS server without headers, JetStream and “no responders”', () => {
  it('a learner watches, completes and gets a certificate, and others hear of it', async () => {
    await start(world.catalogue);
    const platformService = await connect({ servers: old.url });
    expect(platformService.info).toMatchObject({ version: '2.1.4', proto: 1 });
    expect(platformService.info).not.toHaveProperty('headers');
    const heard = await overhear(platformService);

    const client = await learner();
    await study(client, key, [first], false);
    const watched = await succeed(
      client,
      `mutation ($userId: String!, $lessonId: String!) {
        updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: 300) { data { watch_time_seconds } } }`,
      { userId, lessonId: first },
    );
    expect(watched.data.watch_time_seconds).toBe(300);
    await succeed(
      client,
      `mutation ($userId: String!, $lessonId: String!) {
        markLessonAsCompleted(userId: $userId, lessonId: $lessonId) { data { completed } } }`,
      { userId, lessonId: first },
    );
    await study(client, key, [last]);

    await untilCertificate(client, key, 'ISSUED');
    expect(service.peers!.certificates.issued).toHaveLength(1);
    expect(await courseProgress(client, key)).toMatchObject({ progress_percentage: 100 });
    await waitFor(
      () =>
        ['progress.lesson.completed', 'progress.course.completed'].every((subject) =>
          heard.includes(subject),
        ),
      { message: 'the events are heard' },
    );
    await platformService.close();
  });

  it('creating is refused in time while nobody answers, and at once after a few refusals', async () => {
    await start(false);
    await untilConnected(service.app);
    const administrator = await service.as({ sub: world.administratorId, role: 'admin' });
    const create = async (courseId: string, learnerId: string) => {
      const begun = performance.now();
      const input = { userId: learnerId, courseId, lessonId: first };
      const { errors } = await administrator.request(CREATE, { input });
      expect(errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
      return performance.now() - begun;
    };
    const waited = await Promise.all(
      world.learnerIds.slice(1).map((id) => create(`of-${id.slice(-8)}`, id)),
    );
    expect(Math.max(...waited)).toBeLessThan(CREATED_WITHIN_MS);
    expect(Math.min(...waited)).toBeGreaterThan(CREATED_WITHIN_MS / 4);
    expect(await create(key.courseId, userId)).toBeLessThan(CREATED_WITHIN_MS / 4);
  });
});
