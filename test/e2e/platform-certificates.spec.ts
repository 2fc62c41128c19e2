import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import {
  certificateStatus,
  study,
  succeed,
  untilCertificate,
  type Key,
} from '../support/learning.ts';
import { startPlatformApp, type PlatformApp } from '../support/platform-app.ts';
import { waitFor } from '../support/wait-for.ts';

const WAITING = `query ($userId: String!) {
  certificates(filter: { userId: $userId, status: REQUESTED }) { checkTrust edges { node { reason attempts } } } }`;
const CONFIRM = `mutation ($userId: String!, $courseId: String!) {
  confirmCertificate(userId: $userId, courseId: $courseId) { data { status } } }`;

let app: PlatformApp;
let administrator: GraphqlClient;
let learner: GraphqlClient;
let key: Key;

beforeAll(async () => {
  app = await startPlatformApp({
    environment: {
      CERTIFICATE_RETRY_MAX_SECONDS: '1',
      OUTBOX_POLL_MS: '50',
      OUTBOX_BACKOFF_MAX_SECONDS: '1',
    },
  });
});
afterAll(() => app.close());

/** On the platform as published, where the certificate service cannot create anything: a learner completes a course. */
beforeEach(async () => {
  const world = platform({ lessons: 2, learners: 1 });
  await app.become([], world.catalogue);
  key = { userId: world.learnerIds[0]!, courseId: world.course._id };
  learner = await app.as(key.userId);
  administrator = await app.as(world.administratorId);
  await study(learner, key, world.lessonIds);
  await untilTriedOften();
});

const status = () => certificateStatus(learner, key);
const issued = async () =>
  (await app.platform.certificates()).filter(({ userId }) => userId === key.userId);
const metric = async (line: string) =>
  (await (await fetch(`${app.service.origin}/metrics`)).text()).includes(`\n${line}\n`);

async function untilTriedOften(): Promise<void> {
  const { attempts } = await status();
  await waitFor(async () => (await status()).attempts > attempts + 2, {
    message: 'it was tried several times more',
  });
}

/** As after a lost reply, or a restored backup: the certificate is there, and this service does not know. */
async function issueUnheard(): Promise<void> {
  await app.platform.mend([3]);
  await untilCertificate(learner, key, 'ISSUED');
  await app.service.database.pool.query(
    `WITH again AS (UPDATE certificate SET status = 'REQUESTED', issued_at = NULL
                    WHERE user_id = $1 RETURNING user_id, course_id)
     INSERT INTO outbox (topic, user_id, course_id) SELECT 'certificate.requested', * FROM again`,
    [key.userId],
  );
  await waitFor(async () => (await status()).reason !== null, { message: 'it is refused' });
}

it('administrators see that the check cannot be trusted, and why a certificate waits', async () => {
  const { checkTrust, edges } = await succeed(administrator, WAITING, { userId: key.userId });
  expect(checkTrust).toBe('UNTRUSTED');
  expect(edges).toEqual([
    { node: { reason: 'Internal server error', attempts: expect.any(Number) } },
  ]);
  await expect(metric('progress_certificate_check_trusted 0')).resolves.toBe(true);
});

it('a check that seems honest while its database is away has nothing called issued afterwards', async () => {
  await app.platform.certificateDatabase('down');
  await untilTriedOften();
  await app.platform.certificateDatabase('up');
  await untilTriedOften();
  await expect(status()).resolves.toMatchObject({ status: 'REQUESTED', issued_at: null });
  await expect(issued()).resolves.toEqual([]);
});

it('a certificate that was issued unheard is ISSUED once the check is mended, and not twice', async () => {
  await issueUnheard();
  await app.platform.mend([2]);
  await untilCertificate(learner, key, 'ISSUED');
  await expect(issued()).resolves.toHaveLength(1);
  await expect(metric('progress_certificate_check_trusted 1')).resolves.toBe(true);
});

it('a certificate that was issued unheard is confirmed by an administrator', async () => {
  await issueUnheard();
  await expect(succeed(administrator, CONFIRM, key)).resolves.toMatchObject({
    data: { status: 'ISSUED' },
  });
  await expect(issued()).resolves.toHaveLength(1);
});
