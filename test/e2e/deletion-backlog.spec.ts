import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import { ErasureFacade } from '../../src/modules/privacy/facade/erasure.facade.js';
import { userId } from '../builders/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startNatsServer, type NatsServer } from '../support/nats.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

let nats: NatsServer;
let database: TestDatabase;
let platform: NatsConnection;
const services: TestApp[] = [];

beforeAll(async () => {
  [nats, database] = await Promise.all([
    startNatsServer({ jetStream: true }),
    createTestDatabase(),
  ]);
  platform = await connect({ servers: nats.url });
  await (
    await jetstreamManager(platform)
  ).streams.add({ name: 'USERS', subjects: ['user.deleted'] });
});
afterAll(async () => {
  await stop();
  await platform.close();
  await Promise.all([nats.stop(), database.drop()]);
});

const start = async (): Promise<TestApp> => {
  const service = await startTestApp({ catalogue: { users: [], courses: [] }, nats, database });
  services.push(service);
  return service;
};
const stop = async () => {
  for (const service of services.splice(0)) await service.close();
};

const publish = (body: string) => jetstream(platform).publish('user.deleted', body);
const courseOf = async (learner: string): Promise<void> => {
  await database.pool.query(`INSERT INTO course_progress (user_id, course_id) VALUES ($1, 'c')`, [
    learner,
  ]);
};
const isErased = async (learner: string): Promise<boolean> => {
  const { rows } = await database.pool.query<{ erased: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM erased_user WHERE user_hash = sha256($2))
            AND NOT EXISTS (SELECT 1 FROM course_progress WHERE user_id = $1) AS erased`,
    [learner, Buffer.from(learner)],
  );
  return rows[0]!.erased;
};

it('erases who was deleted while no process was there, past events that say nothing', async () => {
  await start();
  const [gone, staying] = [userId(), userId()];
  await courseOf(gone);
  await courseOf(staying);
  await stop();

  await publish('{"id":7}');
  await publish(JSON.stringify({ pattern: 'user.deleted', data: { id: gone } }));
  await start();
  await waitFor(() => isErased(gone), { message: 'it is erased', timeoutMs: 25_000 });
  await expect(isErased(staying)).resolves.toBe(false);
});

it('reads a deletion again that could not be taken note of', async () => {
  await stop();
  const learner = userId();
  const { seq } = await publish(JSON.stringify({ userId: learner }));
  const { app } = await start();
  const erasure = app.get(ErasureFacade, { strict: false });
  const request = vi.spyOn(erasure, 'request').mockRejectedValue(new Error('server closed'));
  await app.get(BackgroundJobs, { strict: false }).runNow('deletion-backlog');
  expect(request).toHaveBeenCalledWith(learner);
  const manager = await jetstreamManager(platform);
  const { ack_floor } = await manager.consumers.info('USERS', 'user-progress-erasures');
  expect(ack_floor.stream_seq).toBe(seq - 1);
});
