import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addToOutbox, outboxStage, waitFor, type OutboxStage } from '../../../test/for-specs.ts';
import { EventPublisher } from '../../common/nats/event-publisher.js';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { OutboxDispatcher } from './outbox-dispatcher.service.js';

const {
  attemptsOf,
  closeStage,
  COURSE,
  creations,
  learners,
  openStage,
  requestFor,
  start,
  statusOf,
  stop,
  untilAllIssued,
} = await outboxStage();

let database: OutboxStage['database'];
let peers: OutboxStage['peers'];

beforeEach(async () => {
  ({ database, peers } = await openStage());
});
afterEach(closeStage);

describe('events that cannot be published', () => {
  it('do not hold up certificates', async () => {
    for (const user of learners(40))
      await addToOutbox(database, 'progress.course.completed', user, COURSE);
    const modules = await start({ OUTBOX_CONCURRENCY: '4', OUTBOX_LEASE_SECONDS: '60' });
    // As with a stream that has lost its leader: every attempt waits, then fails.
    const publish = vi
      .spyOn(modules.get(EventPublisher), 'publish')
      .mockImplementation(async ({ type }) => {
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        throw new PeerUnavailableError('failing', type);
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
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(byType.get('progress.lesson.completed')).toEqual({
      specversion: '1.0',
      id,
      source: '/user-progress',
      type: 'progress.lesson.completed',
      time,
      datacontenttype: 'application/json',
      data: { id, time, userId: 'u1', courseId: COURSE, lessonId: 'l1' },
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
