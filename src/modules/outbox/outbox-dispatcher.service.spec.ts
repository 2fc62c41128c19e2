import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addToOutbox,
  certificateOf,
  outboxStage,
  untilConnected,
  waitFor,
  type OutboxStage,
} from '../../../test/for-specs.ts';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { registry } from '../../common/metrics/registry.js';
import { CertificateRequestHandler } from '../certificates/certificate-request.handler.js';
import { CertificateRequestProxy } from '../certificates/proxy/certificate-request.proxy.js';
import { OutboxDispatcher } from './outbox-dispatcher.service.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';
import { TOPICS } from './topics.js';

const {
  attemptsOf,
  closeStage,
  COURSE,
  creations,
  issuedTo,
  learners,
  openStage,
  requestFor,
  start,
  statusOf,
  untilAllIssued,
} = await outboxStage();

let server: OutboxStage['server'];
let database: OutboxStage['database'];
let peers: OutboxStage['peers'];

beforeEach(async () => {
  ({ server, database, peers } = await openStage());
});
afterEach(closeStage);

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
    await database.pool.query(
      `UPDATE outbox SET attempts = 1, lease_token = $1, next_attempt_at = now() + interval '1 hour'`,
      [randomUUID()],
    );
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

  it('waits while the circuit of the certificate service is open; events are still published', async () => {
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
