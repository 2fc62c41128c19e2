import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

const world = platform({ lessons: 3 });
const [userId] = world.learnerIds as [string];
const CONNECTIONS = 8;
let service: TestApp;
let learner: GraphqlClient;

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    // Background jobs renew a connection with each run that fails.
    environment: {
      DB_POOL_SIZE: String(CONNECTIONS),
      OUTBOX_POLL_MS: '600000',
      COURSE_EVALUATION_POLL_MS: '600000',
    },
  });
  learner = await service.as({ sub: userId, role: 'user' });
});
afterAll(() => service.close());

const readiness = async () => {
  const response = await fetch(`${service.origin}/health/ready`);
  const body = (await response.json()) as { error: { database?: { reason?: string } } };
  return { status: response.status, reason: body.error.database?.reason };
};
const create = (lesson: number) =>
  learner.request(
    `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`,
    { input: { userId, courseId: world.course._id, lessonId: world.lessonIds[lesson] } },
  );
const statistics = () =>
  learner.request(`{ getUserProgressStats(userId: "${userId}") { success } }`);
const takeChanges = (take: boolean): Promise<unknown> =>
  service.database.pool.query(
    `ALTER DATABASE ${service.database.name} SET default_transaction_read_only = ${take ? 'off' : 'on'}`,
  );
/** As a failover does: the server's connections end. */
const endConnections = (): Promise<unknown> =>
  service.database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );

it('a process whose database is read-only is not ready, says why, and is ready once it takes changes', async () => {
  expect((await create(0)).errors).toBeUndefined();
  await takeChanges(false);
  await endConnections();
  await waitFor(async () => (await readiness()).reason === 'read-only', {
    message: 'it is not ready',
  });
  expect((await readiness()).status).toBe(503);
  expect((await create(1)).errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');

  // The connections that it has now stay read-only for as long as they live.
  await takeChanges(true);
  await waitFor(async () => (await readiness()).status === 200, { message: 'it is ready again' });
  expect((await create(1)).errors).toBeUndefined();
});

it('one refused change is enough to leave a server that has become read-only', async () => {
  await takeChanges(false);
  await endConnections();
  const refused = async () => (await create(2)).errors?.[0]?.extensions.code;
  await waitFor(async () => (await refused()) === 'SERVICE_UNAVAILABLE', {
    message: 'the database is read-only',
  });
  await Promise.all(Array.from({ length: CONNECTIONS }, statistics));
  await takeChanges(true);
  await create(2);
  // The first one succeeded, or was refused over the last connection of before.
  expect(['CONFLICT', undefined]).toContain(await refused());
});
