import type { TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addToOutbox,
  createTestDatabase,
  requestCertificate,
  startModules,
  type TestDatabase,
} from '../../../../test/for-specs.ts';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import { TOPICS } from '../topics.js';
import { OutboxProxy } from './outbox.proxy.js';
import { claimDue } from './sql/claim-due.js';

const CLAIMED = [TOPICS.certificateRequested, TOPICS.courseCompleted];
const LEASE_SECONDS = 30;

let database: TestDatabase;
let modules: TestingModule;
let proxy: OutboxProxy;

beforeAll(async () => {
  database = await createTestDatabase();
  modules = await startModules(
    { nats: { url: 'nats://127.0.0.1:1' }, database },
    { connected: false },
  );
  proxy = new OutboxProxy(modules.get(Database), modules.get(Placement));
});
afterAll(async () => {
  await modules.close();
  await database.drop();
});
beforeEach(async () => {
  await database.pool.query('TRUNCATE outbox, certificate');
});

const claim = (limit = 10) => proxy.claim(limit, LEASE_SECONDS, CLAIMED);
const claimOne = async () => (await claim(1))[0]!;
const rows = async () =>
  (await database.pool.query<Record<string, unknown>>('SELECT * FROM outbox ORDER BY topic')).rows;
const endLeases = () => database.pool.query('UPDATE outbox SET next_attempt_at = now()');

describe('a claim', () => {
  it('gives what is needed to deliver, counts the attempt and takes the row for the lease', async () => {
    const id = await requestCertificate(database, 'u1', 'c1');
    const entry = await claimOne();
    expect(entry).toMatchObject({ id, userId: 'u1', courseId: 'c1', lessonId: null, attempts: 1 });
    await expect(claim()).resolves.toEqual([]);
  });

  it('takes the longest due first, and no more than asked for', async () => {
    for (const user of ['u1', 'u2', 'u3']) await requestCertificate(database, user, 'c1');
    await database.pool.query(
      `UPDATE outbox SET next_attempt_at = now() - interval '1 hour' WHERE user_id = 'u3'`,
    );
    await expect(claim(1)).resolves.toMatchObject([{ userId: 'u3' }]);
    await expect(claim(1)).resolves.toMatchObject([{ userId: 'u1' }]);
  });

  it('leaves what is not due, parked, or of an unknown topic', async () => {
    for (const user of ['u1', 'u2']) await requestCertificate(database, user, 'c1');
    await addToOutbox(database, 'from.the.future', 'u3', 'c1');
    await database.pool.query(`
      UPDATE outbox SET next_attempt_at = now() + interval '1 minute' WHERE user_id = 'u1'`);
    await database.pool.query(`UPDATE outbox SET parked_at = now() WHERE user_id = 'u2'`);
    await expect(claim()).resolves.toEqual([]);
  });

  it('reads no row of other topics: there may be many, and they may wait for long', async () => {
    await database.pool.query(
      `INSERT INTO outbox (topic, user_id, course_id) SELECT $1, 'u' || n, 'c1' FROM generate_series(1, 5000) n`,
      [CLAIMED[0]],
    );
    await database.pool.query('ANALYZE outbox');
    const { rows: plan } = await database.pool.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN ANALYZE ${claimDue.text}`,
      [16, LEASE_SECONDS, [CLAIMED[1]]],
    );
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('outbox_due_by_topic');
    expect(text).not.toMatch(/Seq Scan on outbox|Rows Removed by Filter/);
  });

  it('never gives one row to two processes that claim at once', async () => {
    for (let user = 0; user < 40; user += 1) await requestCertificate(database, `u${user}`, 'c1');
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(10)));
    const ids = claims.flat().map((entry) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('of a killed process is another one’s after the lease', async () => {
    await requestCertificate(database, 'u1', 'c1');
    const lost = await claimOne();
    await endLeases();
    const again = await claimOne();
    expect(again).toMatchObject({ id: lost.id, attempts: 2 });
    expect(again.leaseToken).not.toBe(lost.leaseToken);
  });
});

describe('settling', () => {
  it('for a retry leaves the row for later, with the reason', async () => {
    await requestCertificate(database, 'u1', 'c1');
    await expect(proxy.settleRetry(await claimOne(), 60_000, 'timeout')).resolves.toBe(true);
    await expect(rows()).resolves.toMatchObject([
      { attempts: 1, lease_token: null, last_error: 'timeout' },
    ]);
    await expect(claim()).resolves.toEqual([]);
  });

  it('an event as published deletes it', async () => {
    await addToOutbox(database, 'progress.course.completed', 'u1', 'c1');
    await expect(proxy.settlePublished(await claimOne())).resolves.toBe(true);
    await expect(rows()).resolves.toEqual([]);
  });

  it('does nothing for a process that lost the lease', async () => {
    await requestCertificate(database, 'u1', 'c1');
    const late = await claimOne();
    await endLeases();
    const holder = await claimOne();
    await expect(proxy.settlePublished(late)).resolves.toBe(false);
    await expect(proxy.settleRetry(late, 0, 'x')).resolves.toBe(false);
    await expect(proxy.settleRetry(holder, 0, 'y')).resolves.toBe(true);
    await expect(rows()).resolves.toMatchObject([{ last_error: 'y' }]);
  });
});

describe('the depth', () => {
  it('is what waits and what is parked, by topic', async () => {
    for (const user of ['u1', 'u2', 'u3']) await requestCertificate(database, user, 'c1');
    await database.pool.query(
      `UPDATE outbox SET occurred_at = now() - interval '1 minute' WHERE user_id = 'u1'`,
    );
    await database.pool.query(`UPDATE outbox SET parked_at = now() WHERE user_id = 'u1'`);
    await addToOutbox(database, 'progress.course.completed', 'u1', 'c1');
    const depth = await proxy.depth();
    expect(depth).toHaveLength(2);
    expect(depth).toContainEqual(
      expect.objectContaining({ topic: 'certificate.requested', pending: 2, parked: 1 }),
    );
    expect(depth).toContainEqual(
      expect.objectContaining({ topic: 'progress.course.completed', pending: 1, parked: 0 }),
    );
  });
});
