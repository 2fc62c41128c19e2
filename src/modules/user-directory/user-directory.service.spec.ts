import { Logger } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPeers, type Peers } from '../../../sandbox/peers/index.ts';
import { SANDBOX } from '../../../sandbox/catalogue.ts';
import {
  startModules,
  startNatsServer,
  waitFor,
  type NatsServer,
} from '../../../test/for-specs.ts';
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

  it.each([
    [{ statusCode: 503, message: 'Away' }],
    [{ status: 'error', message: 'Internal server error' }],
    ['connect ECONNREFUSED 10.0.0.7:5432'],
  ])('keeps a user who is known while the user service says %j', async (failure) => {
    await start();
    await directory.requireUser(someone.id);
    peers.users.emit('user.updated', { userId: someone.id });
    await waitFor(() => !directory.known(someone.id), { message: 'the event is heard' });
    peers.users.failure = failure;
    for (let time = 0; time < 3; time += 1)
      await expect(directory.requireUser(someone.id)).resolves.toMatchObject({ role: 'user' });
    await expect(directory.requireUser(nobody)).rejects.toMatchObject(unavailable);
    expect(peers.users.requests).toHaveLength(3);
    peers.users.failure = null;
    await expect(directory.requireUser(nobody)).rejects.toMatchObject(notFound);
  });

  it('says of a user in another spelling that there is none', async () => {
    await start();
    peers.users.users.set(someone.id.toLowerCase(), someone);
    await expect(directory.requireUser(someone.id.toLowerCase())).rejects.toMatchObject(notFound);
  });

  it('knows a user by either of two ids', async () => {
    await start();
    peers.users.garble = (reply) =>
      reply.replace('"id":"0', '"_id":"6740a1f0c3d2e4b5a6978801","id":"0');
    await expect(directory.requireUser(someone.id)).resolves.toMatchObject({ role: 'user' });
  });

  it('takes the generic error for an absence where the platform means that by it', async () => {
    await start({ PEER_GENERIC_ERROR: 'absent' });
    peers.users.failure = { status: 'error', message: 'Internal server error' };
    await expect(directory.requireUser(nobody)).rejects.toMatchObject(notFound);
    peers.users.failure = { statusCode: 500, message: 'Internal server error' };
    await expect(directory.requireUser(someone.id)).rejects.toMatchObject(unavailable);
  });

  it('takes the generic error for a failure, since its cause is unknown', async () => {
    await start();
    peers.users.failure = { status: 'error', message: 'Internal server error' };
    await expect(directory.requireUser(nobody)).rejects.toMatchObject(unavailable);
  });
});

describe('who asks', () => {
  it('is told without waiting once they are known, and looked up once by all who wait', async () => {
    await start();
    expect(directory.known(someone.id)).toBeUndefined();
    peers.users.delayMs = 20;
    await Promise.all(Array.from({ length: 20 }, () => directory.identify(someone.id)));
    expect(directory.known(someone.id)).toEqual({ userId: someone.id, role: 'user' });
    expect(peers.users.requests).toHaveLength(1);
  });

  it('is not looked up with every request, also where users are not to be remembered', async () => {
    await start({ USER_CACHE_SECONDS: '0' });
    await directory.identify(someone.id);
    expect(directory.known(someone.id)).toMatchObject({ userId: someone.id });
  });

  it('is the last known user while the user service fails, and is looked up at most once a second', async () => {
    await start();
    await directory.identify(someone.id);
    peers.users.failure = { status: 'error', message: 'Internal server error' };
    peers.users.emit('user.updated', { userId: someone.id });
    await waitFor(() => !directory.known(someone.id), { message: 'the event is heard' });
    await expect(directory.identify(someone.id)).resolves.toMatchObject({ role: 'user' });
    for (let time = 0; time < 50; time += 1)
      expect(directory.known(someone.id)).toMatchObject({ role: 'user' });
    expect(peers.users.requests).toHaveLength(2);
  });

  it('is looked up again in time when unknown, but not at every attempt', async () => {
    await start();
    peers.users.failure = { status: 'error', message: 'Internal server error' };
    for (let time = 0; time < 5; time += 1)
      await expect(directory.identify(someone.id)).rejects.toMatchObject(unavailable);
    expect(peers.users.requests).toHaveLength(1);
    peers.users.failure = null;
    await waitFor(() => directory.identify(someone.id), { message: 'who asks is found' });
  });

  it('is not the result of a look-up during which an event arrived', async () => {
    await start();
    peers.users.replyDelayMs = 100;
    const asking = directory.identify(someone.id);
    await waitFor(() => peers.users.requests.length === 1, { message: 'the look-up is under way' });
    peers.users.users.set(someone.id, { ...someone, role: 'instructor' });
    peers.users.emit('user.role_changed', { userId: someone.id });
    await expect(asking).resolves.toMatchObject({ role: 'instructor' });
    expect(peers.users.requests).toHaveLength(2);
  });

  it('does not keep the old role after a change, even while the user service is away', async () => {
    await start();
    await directory.identify(someone.id);
    peers.users.silent = true;
    peers.users.emit('user.role_changed', { userId: someone.id });
    await waitFor(() => !directory.known(someone.id), { message: 'the event is heard' });
    await expect(directory.identify(someone.id)).rejects.toMatchObject(unavailable);
  });

  it('is refused once deleted, whatever the user service says', async () => {
    await start();
    await directory.identify(someone.id);
    peers.users.emit('user.deleted', { userId: someone.id });
    await waitFor(() => !directory.known(someone.id), { message: 'the event is heard' });
    await expect(directory.identify(someone.id)).rejects.toMatchObject(notFound);
    peers.users.emit('user.updated', { userId: someone.id });
    peers.users.failure = { status: 'error', message: 'Internal server error' };
    await expect(directory.identify(someone.id)).rejects.toMatchObject(notFound);
    expect(peers.users.requests).toHaveLength(1);
  });

  it('stays known when an event does not say whom it is about', async () => {
    await start();
    const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
    await directory.identify(someone.id);
    for (const data of [{}, { userId: 7 }, { id: 'a.*' }]) peers.users.emit('user.updated', data);
    await waitFor(() => warn.mock.calls.length === 3, { message: 'each is logged' });
    expect(directory.known(someone.id)).toMatchObject({ role: 'user' });
  });
});
