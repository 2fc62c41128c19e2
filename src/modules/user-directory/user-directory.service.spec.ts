import type { TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPeers, type Peers } from '../../../sandbox/peers/index.ts';
import { SANDBOX } from '../../../sandbox/catalogue.ts';
import { startModules } from '../../../test/support/modules.ts';
import { startNatsServer, type NatsServer } from '../../../test/support/nats.ts';
import { waitFor } from '../../../test/support/wait-for.ts';
import { UserDirectoryModule } from './user-directory.module.js';
import { UserDirectoryService } from './user-directory.service.js';

const someone = SANDBOX.learners[0]!;
const nobody = '01JDC8Q4W9NOBODY0000000000';

let server: NatsServer;
let peers: Peers;
let modules: TestingModule;
let directory: UserDirectoryService;

async function start(environment: Partial<NodeJS.ProcessEnv> = {}): Promise<void> {
  modules = await startModules({
    nats: server,
    imports: [UserDirectoryModule],
    environment: { NATS_REQUEST_TIMEOUT_MS: '200', NATS_BREAKER_FAILURES: '100', ...environment },
  });
  directory = modules.get(UserDirectoryService);
}

beforeEach(async () => {
  server = await startNatsServer();
  peers = await startPeers({ natsUrl: server.url });
});

afterEach(async () => {
  await modules.close();
  await peers.close();
  await server.stop();
});

const notFound = { code: 'NOT_FOUND', messageKey: 'userNotFound', details: { resource: 'user' } };
const unavailable = { code: 'SERVICE_UNAVAILABLE', messageKey: 'userServiceUnavailable' };

describe('UserDirectoryService', () => {
  it('tells who a user is, and nothing personal', async () => {
    await start();
    await expect(directory.requireUser(someone.id)).resolves.toEqual({
      userId: someone.id,
      role: 'user',
    });
  });

  it('says that a user does not exist, however the peer puts it', async () => {
    await start({ ABSENCE_CACHE_SECONDS: '0' });
    await expect(directory.requireUser(nobody)).rejects.toMatchObject(notFound);
    peers.users.failure = 'User not found';
    await expect(directory.requireUser(nobody)).rejects.toMatchObject(notFound);
    peers.users.failure = null;
    peers.users.garble = () => '';
    await expect(directory.requireUser(nobody)).rejects.toMatchObject(notFound);
  });

  it('says that it cannot ask, when it cannot', async () => {
    await start();
    peers.users.silent = true;
    await expect(directory.requireUser(someone.id)).rejects.toMatchObject(unavailable);
    peers.users.silent = false;
    peers.users.garble = () => '{"response":"hello","isDisposed":true}';
    await expect(directory.requireUser(someone.id)).rejects.toMatchObject(unavailable);
  });

  it('remembers users while the peer is away', async () => {
    await start();
    await directory.requireUser(someone.id);
    await peers.close();
    await expect(directory.requireUser(someone.id)).resolves.toMatchObject({ userId: someone.id });
    expect(peers.users.requests).toHaveLength(1);
  });

  it('asks once for concurrent look-ups of one user', async () => {
    await start();
    peers.users.delayMs = 20;
    await Promise.all(Array.from({ length: 20 }, () => directory.requireUser(someone.id)));
    expect(peers.users.requests).toHaveLength(1);
  });

  it('believes an absence for a short while only', async () => {
    await start({ ABSENCE_CACHE_SECONDS: '1' });
    await expect(directory.requireUser(nobody)).rejects.toMatchObject(notFound);
    peers.users.users.set(nobody, { ...someone, id: nobody });
    await expect(directory.requireUser(nobody)).rejects.toMatchObject(notFound);
    await waitFor(() => directory.requireUser(nobody), { message: 'the new user is found' });
    expect(peers.users.requests).toHaveLength(2);
  });
});
