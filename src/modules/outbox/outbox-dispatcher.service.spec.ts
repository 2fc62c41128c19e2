import { randomUUID } from 'node:crypto';
import type { TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPeers, type Peers } from '../../../sandbox/peers/index.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { startModules, untilConnected } from '../../../test/support/modules.ts';
import { startNatsServer, type NatsServer } from '../../../test/support/nats.ts';
import { addToOutbox, certificateOf, requestCertificate } from '../../../test/support/outbox.ts';
import { waitFor } from '../../../test/support/wait-for.ts';
import { EventPublisher } from '../../common/nats/event-publisher.js';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { registry } from '../../common/metrics/registry.js';
import { CertificateRequestsModule } from '../certificates/certificate-requests.module.js';
import { CertificateRequestHandler } from '../certificates/certificate-request.handler.js';
import { CertificateRequestProxy } from '../certificates/proxy/certificate-request.proxy.js';
import { OutboxDispatcher } from './outbox-dispatcher.service.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';
import { TOPICS } from './topics.js';

const COURSE = '6740a1f0c3d2e4b5a6978801';

let server: NatsServer;
let database: TestDatabase;
let peers: Peers;
const started: TestingModule[] = [];

async function start(
  environment: Partial<NodeJS.ProcessEnv> = {},
  state: { connected?: boolean } = {},
): Promise<TestingModule> {
  const modules = await startModules(
    {
      nats: server,
      database,
      imports: [CertificateRequestsModule],
      environment: {
        NATS_REQUEST_TIMEOUT_MS: '150',
        NATS_BREAKER_RESET_MS: '100',
        OUTBOX_POLL_MS: '30',
        OUTBOX_LEASE_SECONDS: '2',
        OUTBOX_BACKOFF_MAX_SECONDS: '1',
        ...environment,
      },
    },
    state,
  );
  started.push(modules);
  return modules;
}

const stop = async () => {
  await Promise.all(started.splice(0).map((modules) => modules.close()));
};

beforeEach(async () => {
  [server, database] = await Promise.all([startNatsServer(), createTestDatabase()]);
  peers = await startPeers({ natsUrl: server.url });
});

afterEach(async () => {
  await stop();
  await peers.close();
  await Promise.all([server.stop(), database.drop()]);
});

const learners = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
const requestFor = async (users: string[]) => {
  for (const user of users) await requestCertificate(database, user, COURSE);
};
const statusOf = async (user: string) => (await certificateOf(database, user, COURSE))?.status;
const issuedTo = () => peers.certificates.issued.map(({ userId }) => userId).sort();
/** Requests to issue one; whether one exists is asked first. */
const creations = () =>
  peers.certificates.requests.filter(({ subject }) => subject === 'certificate.createCertificate');
const attemptsOf = async (user: string) =>
  (
    await database.pool.query<{ attempts: number }>(
      'SELECT attempts FROM outbox WHERE user_id = $1',
      [user],
    )
  ).rows[0]?.attempts;
const untilAllIssued = (users: string[]) =>
  waitFor(
    async () => {
      const { rows } = await database.pool.query(
        `SELECT 1 FROM certificate WHERE status = 'ISSUED'`,
      );
      return rows.length === users.length;
    },
    { message: 'all certificates are issued', timeoutMs: 18_000 },
  );

/** Deterministic, so that a failure can be repeated. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe('a requested certificate', () => {
  it('is issued at once after a nudge, without waiting for the poll', async () => {
    const modules = await start({ OUTBOX_POLL_MS: '600000' });
    await requestFor(['u1']);
    modules.get(OutboxDispatcher).nudge();
    await waitFor(async () => (await statusOf('u1')) === 'ISSUED', { message: 'it is issued' });
    expect(issuedTo()).toEqual(['u1']);
    expect(creations()).toHaveLength(1);
  });

  it('that another process wrote is found by polling', async () => {
    await start();
    await requestFor(['u1']);
    await waitFor(async () => (await statusOf('u1')) === 'ISSUED', { message: 'it is issued' });
  });

  it('that exists already counts as issued', async () => {
    const modules = await start();
    await modules.get(NatsService).request('certificate.createCertificate', {
      createCertificateInput: { userId: 'u1', courseId: COURSE },
    });
    await requestFor(['u1']);
    await waitFor(async () => (await statusOf('u1')) === 'ISSUED', { message: 'it is issued' });
    expect(creations()).toHaveLength(1);
  });

  it.each([
    ['that guards against duplicates', true],
    ['that does not guard against duplicates', false],
  ])(
    'is issued once though replies are lost, by a peer %s, two processes dispatching',
    async (_, guards) => {
      peers.certificates.guardsDuplicates = guards;
      peers.certificates.loseReplies = 0.3;
      peers.certificates.random = draws(7);
      const users = learners(40);
      await requestFor(users);
      await Promise.all([start(), start()]);
      await untilAllIssued(users);
      expect(issuedTo()).toEqual([...users].sort());
      expect(peers.certificates.requests.length).toBeGreaterThan(users.length);
    },
  );

  it('is issued once though the process that claimed it was killed after the request', async () => {
    peers.certificates.guardsDuplicates = false;
    await requestFor(['u1']);
    await database.pool.query(`
      UPDATE outbox SET attempts = 1, lease_token = gen_random_uuid(),
                        next_attempt_at = now() + interval '1 hour'`);
    const modules = await start();
    await modules.get(NatsService).request('certificate.createCertificate', {
      createCertificateInput: { userId: 'u1', courseId: COURSE },
    });
    await database.pool.query('UPDATE outbox SET next_attempt_at = now()');
    await waitFor(async () => (await statusOf('u1')) === 'ISSUED', { message: 'it is issued' });
    expect(issuedTo()).toEqual(['u1']);
  });

  it('is left to others by a process that slept through its lease', async () => {
    const modules = await start({ OUTBOX_POLL_MS: '600000' });
    const entry = {
      ...{ id: randomUUID(), topic: TOPICS.certificateRequested, userId: 'u1', courseId: COURSE },
      ...{ lessonId: null, occurredAt: new Date(), leaseToken: randomUUID() },
    };
    const handler = modules.get(CertificateRequestHandler);
    for (const attempts of [1, 2]) {
      const late = { ...entry, attempts, leaseEndsAt: performance.now() + 100 };
      await expect(handler.deliver(late)).rejects.toThrow(PeerUnavailableError);
    }
    expect(creations()).toEqual([]);
    await handler.deliver({ ...entry, attempts: 1, leaseEndsAt: performance.now() + 2_000 });
    expect(issuedTo()).toEqual(['u1']);
  });

  it('waits while NATS is away, without attempts being used up, and is issued after its return', async () => {
    await server.stop();
    const modules = await start({}, { connected: false });
    const looked = vi.spyOn(modules.get(OutboxHandlers), 'readyAmong');
    await requestFor(['u1']);
    modules.get(OutboxDispatcher).nudge();
    await waitFor(() => looked.mock.calls.length >= 3, {
      message: 'it was looked for several times',
    });
    await expect(attemptsOf('u1')).resolves.toBe(0);
    await server.restart();
    await untilConnected(modules);
    await waitFor(async () => (await statusOf('u1')) === 'ISSUED', { message: 'it is issued' });
  });

  it('is left alone while the circuit of the certificate service is open; events go on', async () => {
    peers.certificates.silent = true;
    const modules = await start({ NATS_BREAKER_FAILURES: '1', NATS_BREAKER_RESET_MS: '600000' });
    await requestFor(['u1']);
    const nats = modules.get(NatsService);
    await waitFor(() => !nats.canAsk('certificates'), { message: 'the circuit opens' });
    await requestFor(['u2']);
    await addToOutbox(database, 'progress.course.completed', 'u3', COURSE);
    await waitFor(async () => (await attemptsOf('u3')) === undefined, {
      message: 'the event is published',
    });
    await expect(attemptsOf('u2')).resolves.toBe(0);
  });

  it('is tried again until the certificate service is back', async () => {
    peers.certificates.failure = { statusCode: 500, message: 'Internal server error' };
    await start();
    await requestFor(['u1']);
    await waitFor(async () => ((await attemptsOf('u1')) ?? 0) >= 3, {
      message: 'it is tried again',
    });
    await expect(statusOf('u1')).resolves.toBe('REQUESTED');
    peers.certificates.failure = null;
    await waitFor(async () => (await statusOf('u1')) === 'ISSUED', { message: 'it is issued' });
    expect(issuedTo()).toEqual(['u1']);
  });

  it('survives failures of the database', async () => {
    const modules = await start();
    vi.spyOn(modules.get(OutboxProxy), 'claim').mockRejectedValueOnce(new Error('server closed'));
    vi.spyOn(modules.get(CertificateRequestProxy), 'settleIssued').mockRejectedValueOnce(
      new Error('server closed'),
    );
    await requestFor(['u1']);
    await waitFor(async () => (await statusOf('u1')) === 'ISSUED', { message: 'it is issued' });
    expect(issuedTo()).toEqual(['u1']);
  });
});

describe('a certificate that is refused for good', () => {
  it('is parked with its reason, and not asked for again', async () => {
    peers.certificates.refuse = () => 'The learner is banned';
    await start();
    await requestFor(['u1']);
    await waitFor(async () => (await statusOf('u1')) === 'PARKED', { message: 'it is parked' });
    await expect(certificateOf(database, 'u1', COURSE)).resolves.toMatchObject({
      reason: 'The learner is banned',
      issued_at: null,
    });
    expect(creations()).toHaveLength(1);
    const metrics = await registry.metrics();
    expect(metrics).toContain('progress_outbox_parked{topic="certificate.requested"} 1');
    expect(metrics).toContain('progress_outbox_pending{topic="certificate.requested"} 0');
  });

  it('does not hold up others', async () => {
    const refused = new Set(learners(40).filter((_, index) => index % 4 === 0));
    peers.certificates.refuse = (user) => (refused.has(user) ? 'no' : null);
    await requestFor(learners(40));
    await start({ OUTBOX_CONCURRENCY: '4' });
    const others = learners(40).filter((user) => !refused.has(user));
    await untilAllIssued(others);
    expect(issuedTo()).toEqual([...others].sort());
  });
});

describe('events that cannot be published', () => {
  it('do not hold up certificates', async () => {
    for (const user of learners(40))
      await addToOutbox(database, 'progress.course.completed', user, COURSE);
    const modules = await start({ OUTBOX_CONCURRENCY: '4', OUTBOX_LEASE_SECONDS: '60' });
    // As with a stream that has lost its leader: every attempt waits, and comes to nothing.
    const publish = vi
      .spyOn(modules.get(EventPublisher), 'publish')
      .mockImplementation(async (subject) => {
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        throw new PeerUnavailableError('failing', subject);
      });
    modules.get(OutboxDispatcher).nudge();
    await waitFor(() => publish.mock.calls.length >= 4, { message: 'events are being tried' });
    const begun = performance.now();
    await requestFor(['u-certificate']);
    modules.get(OutboxDispatcher).nudge();
    await waitFor(async () => (await statusOf('u-certificate')) === 'ISSUED', {
      message: 'it is issued',
    });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('the concurrency', () => {
  it('is never exceeded, and is used', async () => {
    peers.certificates.replyDelayMs = 30;
    const users = learners(30);
    await requestFor(users);
    const modules = await start({ OUTBOX_CONCURRENCY: '5' });
    const nats = modules.get(NatsService);
    const request = nats.request.bind(nats);
    let running = 0;
    let most = 0;
    vi.spyOn(nats, 'request').mockImplementation(async (...args) => {
      most = Math.max(most, (running += 1));
      try {
        return await request(...args);
      } finally {
        running -= 1;
      }
    });
    await untilAllIssued(users);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(5);
  });
});

describe('stopping', () => {
  it('waits for what is under way, and claims nothing more', async () => {
    peers.certificates.replyDelayMs = 100;
    const modules = await start({ OUTBOX_CONCURRENCY: '1' });
    await requestFor(['u1', 'u2']);
    modules.get(OutboxDispatcher).nudge();
    await waitFor(() => creations().length === 1, { message: 'one is under way' });
    await stop();
    const statuses = await Promise.all(['u1', 'u2'].map(statusOf));
    expect(statuses.sort()).toEqual(['ISSUED', 'REQUESTED']);
    expect(creations()).toHaveLength(1);
  });

  it('gives up after the grace period; the row is due again when its lease ends', async () => {
    peers.certificates.silent = true;
    const modules = await start({
      NATS_REQUEST_TIMEOUT_MS: '60000',
      OUTBOX_LEASE_SECONDS: '60',
      SHUTDOWN_GRACE_MS: '100',
    });
    await requestFor(['u1']);
    modules.get(OutboxDispatcher).nudge();
    await waitFor(async () => (await attemptsOf('u1')) === 1, { message: 'one is under way' });
    const startedAt = performance.now();
    await stop();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await expect(statusOf('u1')).resolves.toBe('REQUESTED');
  });
});

describe('events', () => {
  it('are published as CloudEvents under their topics, also for an issued certificate', async () => {
    const modules = await start();
    const received: Record<string, unknown>[] = [];
    modules.get(NatsService).subscribe('progress.>', (message) => received.push(message.json()));
    const id = await addToOutbox(database, 'progress.lesson.completed', 'u1', COURSE, 'l1');
    await requestFor(['u2']);
    await waitFor(() => received.length === 2, { message: 'both events arrive' });
    const byType = new Map(received.map((event) => [event['type'], event]));
    expect(byType.get('progress.lesson.completed')).toEqual({
      specversion: '1.0',
      id,
      source: '/user-progress',
      type: 'progress.lesson.completed',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      datacontenttype: 'application/json',
      data: { userId: 'u1', courseId: COURSE, lessonId: 'l1' },
    });
    expect(byType.get('progress.certificate.issued')).toMatchObject({
      data: { userId: 'u2', courseId: COURSE },
    });
    await waitFor(
      async () => (await database.pool.query('SELECT 1 FROM outbox')).rows.length === 0,
      { message: 'the outbox is empty' },
    );
  });
});
