import type { TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestDatabase,
  type TestDatabase,
  startModules,
  certificateOf,
  requestCertificate,
  waitFor,
} from '../../../../test/for-specs.ts';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import { OutboxProxy } from '../../outbox/proxy/outbox.proxy.js';
import { TOPICS } from '../../outbox/topics.js';
import { CertificateRequestProxy } from './certificate-request.proxy.js';
import { CertificateProxy } from './certificate.proxy.js';
import { confirmIssued } from './sql/confirm-issued.js';
import { settleIssued } from './sql/settle-issued.js';

const KEY = { userId: 'u1', courseId: 'c1' };
const ADMINISTRATOR = 'administrator';

let database: TestDatabase;
let modules: TestingModule;
let outbox: OutboxProxy;
let requests: CertificateRequestProxy;
let proxy: CertificateProxy;

beforeAll(async () => {
  database = await createTestDatabase();
  modules = await startModules(
    { nats: { url: 'nats://127.0.0.1:1' }, database },
    { connected: false },
  );
  outbox = new OutboxProxy(modules.get(Database), modules.get(Placement));
  requests = new CertificateRequestProxy(modules.get(Database));
  proxy = new CertificateProxy(modules.get(Database));
});
afterAll(async () => {
  await modules.close();
  await database.drop();
});
beforeEach(async () => {
  await database.pool.query('TRUNCATE outbox, certificate');
  await requestCertificate(database, KEY.userId, KEY.courseId);
});

const claimOne = async () => (await outbox.claim(1, 30, [TOPICS.certificateRequested]))[0]!;
const topics = async () =>
  (await database.pool.query<{ topic: string }>('SELECT topic FROM outbox')).rows.map(
    ({ topic }) => topic,
  );
const confirmer = async () =>
  (await database.pool.query<{ by: string }>('SELECT confirmed_by AS by FROM certificate')).rows[0]!
    .by;

interface Step {
  text: string;
  values: unknown[];
}

/** Makes the second statement wait for the first one's transaction. Returns how many rows each returned. */
async function overlapped(first: Step, second: Step): Promise<[number, number]> {
  const [one, two] = [await database.pool.connect(), await database.pool.connect()];
  try {
    await one.query('BEGIN');
    const firstRows = await one.query(first.text, first.values);
    const waiting = two.query(second.text, second.values);
    await waitFor(async () => (await database.lockWaiters()) === 1, {
      message: 'the second waits for the first',
    });
    await one.query('COMMIT');
    return [firstRows.rows.length, (await waiting).rows.length];
  } finally {
    one.release();
    two.release();
  }
}

describe('a certificate that waits', () => {
  it('says why it could not be issued, and how often that was tried', async () => {
    await expect(proxy.find(KEY)).resolves.toMatchObject({ reason: null, attempts: 0 });
    await outbox.settleRetry(await claimOne(), 0, 'Internal server error');
    const waiting = { status: 'REQUESTED', reason: 'Internal server error', attempts: 1 };
    await expect(proxy.find(KEY)).resolves.toMatchObject(waiting);
    await expect(proxy.list({ status: 'REQUESTED' }, 10, null)).resolves.toMatchObject([waiting]);
  });

  it('says so no more once it is issued', async () => {
    await outbox.settleRetry(await claimOne(), 0, 'Internal server error');
    await requests.settleIssued(await claimOne());
    await expect(proxy.find(KEY)).resolves.toMatchObject({
      status: 'ISSUED',
      reason: null,
      attempts: null,
    });
  });
});

describe('a certificate that is parked by hand', () => {
  it('is requested no more, keeps why it could not be issued, and can be replayed', async () => {
    await outbox.settleRetry(await claimOne(), 0, 'Internal server error');
    const lost = await claimOne();
    await expect(proxy.park(KEY)).resolves.toMatchObject({
      status: 'PARKED',
      reason: 'Internal server error',
      attempts: 2,
    });
    await expect(proxy.park(KEY)).resolves.toBeNull();
    await expect(requests.settleIssued(lost)).resolves.toBe(false);
    await expect(outbox.settleRetry(lost, 0, 'x')).resolves.toBe(false);
    await expect(outbox.claim(10, 30, [TOPICS.certificateRequested])).resolves.toEqual([]);
    await expect(proxy.replay(KEY)).resolves.toMatchObject({ status: 'REQUESTED', reason: null });
    await expect(requests.settleIssued(await claimOne())).resolves.toBe(true);
  });

  it('has a reason also where none was tried', async () => {
    await expect(proxy.park(KEY)).resolves.toMatchObject({ reason: 'parked by an administrator' });
  });
});

describe('a certificate that is confirmed by hand', () => {
  it('is issued, is requested no more, says who confirmed it, and others are told', async () => {
    await expect(proxy.confirm(KEY, ADMINISTRATOR)).resolves.toMatchObject({
      ...KEY,
      status: 'ISSUED',
      issuedAt: expect.any(Date),
    });
    await expect(confirmer()).resolves.toBe(ADMINISTRATOR);
    await expect(topics()).resolves.toEqual(['progress.certificate.issued']);
  });

  it('may have been parked', async () => {
    await requests.settleParked(await claimOne(), 'banned');
    await proxy.confirm(KEY, ADMINISTRATOR);
    await expect(certificateOf(database, 'u1', 'c1')).resolves.toMatchObject({
      status: 'ISSUED',
      reason: null,
    });
    await expect(topics()).resolves.toEqual(['progress.certificate.issued']);
  });

  it('may have lost its request', async () => {
    await database.pool.query('TRUNCATE outbox');
    await expect(proxy.confirm(KEY, ADMINISTRATOR)).resolves.toMatchObject({ status: 'ISSUED' });
  });

  it('is confirmed once, and only where it was earned', async () => {
    await proxy.confirm(KEY, ADMINISTRATOR);
    await expect(proxy.confirm(KEY, 'another')).resolves.toBeNull();
    await expect(proxy.confirm({ ...KEY, courseId: 'c2' }, ADMINISTRATOR)).resolves.toBeNull();
    await expect(confirmer()).resolves.toBe(ADMINISTRATOR);
    await expect(topics()).resolves.toHaveLength(1);
  });

  const confirmation = { text: confirmIssued.text, values: ['u1', 'c1', ADMINISTRATOR] };

  it('while it is being settled as issued, is told once: the settling came first', async () => {
    const { userId, id, leaseToken } = await claimOne();
    const settling = { text: settleIssued.text, values: [userId, id, leaseToken] };
    await expect(overlapped(settling, confirmation)).resolves.toEqual([1, 0]);
    await expect(confirmer()).resolves.toBeNull();
    await expect(topics()).resolves.toEqual(['progress.certificate.issued']);
  });

  it('while it is being settled as issued, is told once: the confirmation came first', async () => {
    const { userId, id, leaseToken } = await claimOne();
    const settling = { text: settleIssued.text, values: [userId, id, leaseToken] };
    await expect(overlapped(confirmation, settling)).resolves.toEqual([1, 0]);
    await expect(confirmer()).resolves.toBe(ADMINISTRATOR);
    await expect(topics()).resolves.toEqual(['progress.certificate.issued']);
  });

  it('while it is being parked, is issued', async () => {
    const parking = requests.settleParked(await claimOne(), 'banned');
    await Promise.all([parking, proxy.confirm(KEY, ADMINISTRATOR)]);
    await expect(certificateOf(database, 'u1', 'c1')).resolves.toMatchObject({ status: 'ISSUED' });
    await expect(topics()).resolves.toEqual(['progress.certificate.issued']);
  });
});
