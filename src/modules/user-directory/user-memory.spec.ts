import { expect, it } from 'vitest';
import { edgeEnvironment, heapUsed } from '../../../test/for-specs.ts';
import type { ServiceUnavailableError } from '../../common/errors/service-error.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import type { NatsService } from '../../common/nats/nats.service.js';
import { UserClient } from './user-client.js';
import { UserDirectoryService } from './user-directory.service.js';
import { UserMemory } from './user-memory.js';

const directoryOf = (request: (data: { id: string }) => Promise<unknown>): UserDirectoryService => {
  const nats = { request: (_subject: string, data: { id: string }) => request(data) };
  const memory = new UserMemory(new UserClient(nats as unknown as NatsService, edgeEnvironment()));
  return new UserDirectoryService(memory, edgeEnvironment());
};

it('an outage of the user service in which many users ask leaves little memory in use', async () => {
  const directory = directoryOf(async () => {
    throw new PeerUnavailableError('timeout', 'user.get', { cause: new Error('x'.repeat(1_000)) });
  });
  const USERS = 3_000;
  const codes = new Set<unknown>();
  const ask = async (userId: string): Promise<void> => {
    const error: unknown = await directory.identify(userId).catch((reason: unknown) => reason);
    codes.add((error as ServiceUnavailableError).code);
  };
  await ask('u');
  const before = await heapUsed();
  for (let user = 0; user < USERS; user += 1) await ask(`user-${user}`);
  expect((await heapUsed()) - before).toBeLessThan(USERS * 1_000);
  expect([...codes]).toEqual(['SERVICE_UNAVAILABLE']);
});

it('a role of any size is not remembered: it is none', async () => {
  const directory = directoryOf(async ({ id }) => ({
    kind: 'answer',
    value: { id, role: 'admin'.repeat(100_000) },
  }));
  expect(await directory.identify('me')).toEqual({ userId: 'me', role: null });
});
