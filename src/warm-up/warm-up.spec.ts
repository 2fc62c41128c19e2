import { expect, it } from 'vitest';
import { edgeEnvironment } from '../../test/for-specs.ts';
import { practiceRequest } from './practice-requests.js';
import { practice } from './warm-up.js';

/** After so many requests the client begins anew. */
const KINDS = 10;

it('answers every usual request before anybody asks, from memory', async () => {
  expect(practiceRequest(KINDS)).toMatchObject({ query: practiceRequest(0).query });
  // Nothing listens where the environment says that PostgreSQL and NATS are.
  const { requests, failed } = await practice(edgeEnvironment({ WARM_UP_MS: '1500' }));
  expect(requests).toBeGreaterThanOrEqual(KINDS);
  expect(failed).toBe(0);
}, 30_000);

it('lasts no longer than it may', async () => {
  const begun = performance.now();
  await practice(edgeEnvironment({ WARM_UP_MS: '1' }));
  expect(performance.now() - begun).toBeLessThan(10_000);
}, 30_000);
