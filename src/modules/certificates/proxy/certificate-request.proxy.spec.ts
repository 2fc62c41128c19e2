import type { TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  certificateOf,
  createTestDatabase,
  requestCertificate,
  startModules,
  type TestDatabase,
} from '../../../../test/for-specs.ts';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import { OutboxProxy } from '../../outbox/proxy/outbox.proxy.js';
import { TOPICS } from '../../outbox/topics.js';
import { CertificateRequestProxy } from './certificate-request.proxy.js';

let database: TestDatabase;
let modules: TestingModule;
let outbox: OutboxProxy;
let proxy: CertificateRequestProxy;

beforeAll(async () => {
  database = await createTestDatabase();
  modules = await startModules(
    { nats: { url: 'nats://127.0.0.1:1' }, database },
    { connected: false },
  );
  outbox = new OutboxProxy(modules.get(Database), modules.get(Placement));
  proxy = new CertificateRequestProxy(modules.get(Database));
});
afterAll(async () => {
  await modules.close();
  await database.drop();
});
beforeEach(async () => {
  await database.pool.query('TRUNCATE outbox, certificate');
  await requestCertificate(database, 'u1', 'c1');
});

const claim = () => outbox.claim(10, 30, [TOPICS.certificateRequested]);
const claimOne = async () => (await claim())[0]!;
const certificate = () => certificateOf(database, 'u1', 'c1');
const rows = async () =>
  (await database.pool.query<Record<string, unknown>>('SELECT * FROM outbox')).rows;
const endLeases = () => database.pool.query('UPDATE outbox SET next_attempt_at = now()');

describe('when a certificate was requested', () => {
  it('is when the certificate service was first asked, not when the request was only claimed', async () => {
    const first = await claimOne();
    await expect(certificate()).resolves.toMatchObject({ requested_at: null });
    await proxy.markRequested(first);
    const { requested_at: asked } = (await certificate())!;
    expect(asked).toBeInstanceOf(Date);
    await proxy.markRequested(first);
    await expect(certificate()).resolves.toMatchObject({ requested_at: asked });
  });

  it('is kept by the next attempt where the process died before it could', async () => {
    await claimOne();
    await endLeases();
    await proxy.markRequested(await claimOne());
    await expect(certificate()).resolves.toMatchObject({ requested_at: expect.any(Date) });
  });

  it('stays while the request is tried again', async () => {
    const entry = await claimOne();
    await proxy.markRequested(entry);
    await expect(outbox.settleRetry(entry, 60_000, 'timeout')).resolves.toBe(true);
    await expect(certificate()).resolves.toMatchObject({
      status: 'REQUESTED',
      requested_at: expect.any(Date),
    });
  });
});

describe('settling', () => {
  it('as issued marks the certificate, deletes the request and leaves an event', async () => {
    const entry = await claimOne();
    await proxy.markRequested(entry);
    await expect(proxy.settleIssued(entry)).resolves.toBe(true);
    await expect(certificate()).resolves.toMatchObject({
      status: 'ISSUED',
      issued_at: expect.any(Date),
      requested_at: expect.any(Date),
    });
    await expect(rows()).resolves.toMatchObject([
      { topic: 'progress.certificate.issued', user_id: 'u1', course_id: 'c1' },
    ]);
  });

  it('as parked keeps the row out of the way, and says why', async () => {
    await expect(proxy.settleParked(await claimOne(), 'banned')).resolves.toBe(true);
    await endLeases();
    await expect(claim()).resolves.toEqual([]);
    await expect(certificate()).resolves.toMatchObject({ status: 'PARKED', reason: 'banned' });
    await expect(rows()).resolves.toMatchObject([{ last_error: 'banned', lease_token: null }]);
  });

  it('does nothing for a process that lost the lease', async () => {
    const late = await claimOne();
    await endLeases();
    const holder = await claimOne();
    await expect(proxy.settleIssued(late)).resolves.toBe(false);
    await expect(proxy.settleParked(late, 'x')).resolves.toBe(false);
    await expect(certificate()).resolves.toMatchObject({ status: 'REQUESTED', issued_at: null });
    await expect(rows()).resolves.toHaveLength(1);
    await expect(proxy.settleIssued(holder)).resolves.toBe(true);
  });
});
