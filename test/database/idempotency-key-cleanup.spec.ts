import { afterAll, beforeAll, expect, it } from 'vitest';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp({ catalogue: false });
});
afterAll(() => service.close());

const cleanUp = () =>
  service.app.get(BackgroundJobs, { strict: false }).runNow('idempotency-key-cleanup');

it('forgets every idempotency key that is older than a day, and none that is younger', async () => {
  await service.database.pool.query(
    `INSERT INTO idempotency_key (user_id, key, fingerprint, result, created_at)
     SELECT 'someone', 'key-' || n, 'f', '{}', now() - CASE WHEN n <= 3 THEN interval '23 hours' ELSE interval '25 hours' END
     FROM generate_series(1, 2503) n`,
  );
  await cleanUp();
  const { rows } = await service.database.pool.query(
    'SELECT key FROM idempotency_key ORDER BY key',
  );
  expect(rows).toEqual([{ key: 'key-1' }, { key: 'key-2' }, { key: 'key-3' }]);
});

it('is not troubled by a database that is away', async () => {
  await service.database.pool.query('ALTER TABLE idempotency_key RENAME TO idempotency_key_away');
  try {
    await expect(cleanUp()).resolves.toBeUndefined();
  } finally {
    await service.database.pool.query('ALTER TABLE idempotency_key_away RENAME TO idempotency_key');
  }
});
