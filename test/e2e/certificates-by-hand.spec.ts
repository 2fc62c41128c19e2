import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NatsService } from '../../src/common/nats/nats.service.js';
import { platform } from '../builders/catalogue.ts';
import { objectId } from '../builders/ids.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { certificateStatus, refusal, study, succeed, type Key } from '../support/learning.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

const PARK = `mutation ($userId: String!, $courseId: String!) {
  parkCertificate(userId: $userId, courseId: $courseId) { success message data { status reason attempts } } }`;
const CONFIRM = `mutation ($userId: String!, $courseId: String!) {
  confirmCertificate(userId: $userId, courseId: $courseId) { success message data { status reason attempts issued_at } } }`;
const WAITING = `query ($userId: String!) {
  certificates(filter: { userId: $userId, status: REQUESTED }) { checkTrust
    edges { node { userId courseId status reason requested_at attempts } } } }`;

const world = platform({ lessons: 1, learners: 3 });
const learners = [...world.learnerIds];
let service: TestApp;
let administrator: GraphqlClient;
/** A learner that no other test has. */
let key: Key;

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: { CERTIFICATE_RETRY_MAX_SECONDS: '1', OUTBOX_POLL_MS: '50' },
  });
  administrator = await service.as({ sub: world.administratorId, role: 'admin' });
});
afterAll(() => service.close());

describe('a certificate that the service cannot tell from one that exists', () => {
  beforeEach(async () => {
    key = { userId: learners.pop()!, courseId: world.course._id };
    service.peers!.certificates.refuse = () => 'Internal server error';
    await study(administrator, key, world.lessonIds);
    await waitFor(async () => (await certificateStatus(administrator, key)).reason !== null, {
      message: 'it came to nothing',
    });
  });

  it('is shown as REQUESTED, with why, since when, and how often it was tried', async () => {
    const { edges, checkTrust } = await succeed(administrator, WAITING, { userId: key.userId });
    expect(checkTrust).toBe('TRUSTED');
    expect(edges.map(({ node }: any) => node)).toEqual([
      {
        ...key,
        status: 'REQUESTED',
        reason: 'Internal server error',
        requested_at: expect.any(String),
        attempts: expect.any(Number),
      },
    ]);
  });

  it('is parked by hand, and requested no more', async () => {
    await expect(succeed(administrator, PARK, key)).resolves.toMatchObject({
      data: { status: 'PARKED', reason: 'Internal server error' },
    });
    service.peers!.certificates.refuse = () => null;
    await expect(refusal(administrator, PARK, key)).resolves.toBe('CONFLICT');
    await expect(certificateStatus(administrator, key)).resolves.toMatchObject({
      status: 'PARKED',
    });
  });

  it('is confirmed by hand, once, and told to others once', async () => {
    const told: any[] = [];
    service.app
      .get(NatsService, { strict: false })
      .subscribe('progress.certificate.issued', (message) => told.push(message.json<any>().data));
    const answers = await Promise.all([
      administrator.request(CONFIRM, key),
      administrator.request(CONFIRM, key),
    ]);
    const codes = answers.map(({ errors }) => errors?.[0]!.extensions.code ?? 'done');
    expect(codes.sort()).toEqual(['CONFLICT', 'done']);
    await expect(certificateStatus(administrator, key)).resolves.toMatchObject({
      status: 'ISSUED',
      reason: null,
      issued_at: expect.any(String),
    });
    await waitFor(
      async () => {
        const { rows } = await service.database.pool.query(
          'SELECT FROM outbox WHERE user_id = $1',
          [key.userId],
        );
        return rows.length === 0;
      },
      { message: 'everything is told' },
    );
    expect(told).toMatchObject([key]);
    // Those of the other tests may be issued by now.
    const { issued } = service.peers!.certificates;
    expect(issued.filter(({ userId }) => userId === key.userId)).toEqual([]);
  });
});

it.each([
  ['parked', PARK],
  ['confirmed', CONFIRM],
])('a certificate that does not exist cannot be %s', async (_, mutation) => {
  const nowhere = { userId: world.learnerIds[0]!, courseId: objectId() };
  await expect(refusal(administrator, mutation, nowhere)).resolves.toBe('NOT_FOUND');
});
