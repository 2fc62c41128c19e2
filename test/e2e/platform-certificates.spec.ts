import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import {
  certificateStatus,
  study,
  succeed,
  untilCertificate,
  type Key,
} from '../support/learning.ts';
import { startPlatformApp, type PlatformApp } from '../support/platform-app.ts';
import { waitFor } from '../support/wait-for.ts';

const world = platform({ lessons: 2, learners: 5 });
const courseId = world.course._id;
const learners = [...world.learnerIds];
const WAITING = `query ($userId: String!) {
  certificates(filter: { userId: $userId, status: REQUESTED }) { checkTrust edges { node { reason } } } }`;
/** How long a certificate may take once the platform is mended. */
const A_MINUTE = 60_000;

let app: PlatformApp;
/** A learner that no other test has. */
let key: Key;

const issuedTo = async ({ userId }: Key) =>
  (await app.platform.certificates()).filter((certificate) => certificate.userId === userId);
const metric = async (line: string) =>
  (await (await fetch(`${app.service.origin}/metrics`)).text()).includes(`\n${line}\n`);

/**
 * Rows 2 and 5 are what this is about. Of the others, 3 is mended for as long as learners begin lessons: the platform's
 * certificate service looks the course up as well, which fails once it is as published again.
 */
async function completeWhileCoursesFail(): Promise<void> {
  const learner = await app.as(key.userId);
  await study(learner, key, world.lessonIds.slice(0, 1));
  await app.platform.unmend([3]);
  await study(learner, key, world.lessonIds.slice(1));
}

const status = async () => certificateStatus(await app.as(key.userId), key);
const untilReason = (reason: string) =>
  waitFor(async () => (await status()).reason === reason, { message: `it waits: ${reason}` });

beforeAll(async () => {
  app = await startPlatformApp({
    catalogue: world.catalogue,
    mended: [1, 3, 4],
    environment: { OUTBOX_POLL_MS: '50', CERTIFICATE_RETRY_MAX_SECONDS: '1' },
  });
});
beforeEach(async () => {
  key = { userId: learners.pop()!, courseId };
  await app.platform.mend([1, 3, 4]);
  await app.platform.unmend([2, 5]);
});
afterAll(() => app.close());

describe('on the platform as published, a completed course', () => {
  it('whose certificate the platform fails to create leaves it REQUESTED, with the true reason', async () => {
    await completeWhileCoursesFail();
    await untilReason('Internal server error');
    await waitFor(async () => ((await status()).attempts ?? 0) > 2, {
      message: 'it was tried several times',
    });
    await expect(status()).resolves.toMatchObject({ status: 'REQUESTED', issued_at: null });
    await expect(issuedTo(key)).resolves.toEqual([]);

    const administrator = await app.as(world.administratorId);
    await expect(succeed(administrator, WAITING, { userId: key.userId })).resolves.toMatchObject({
      checkTrust: 'UNTRUSTED',
      edges: [{ node: { reason: 'Internal server error' } }],
    });
    await expect(metric('progress_certificate_check_trusted 0')).resolves.toBe(true);
  });

  it(
    'has its certificate, once, within a minute of the course service being mended',
    async () => {
      await completeWhileCoursesFail();
      await untilReason('Internal server error');
      await app.platform.mend([3]);
      await untilCertificate(await app.as(key.userId), key, 'ISSUED');
      await expect(issuedTo(key)).resolves.toHaveLength(1);
    },
    A_MINUTE,
  );

  it('has no certificate that is called issued because the database of certificates was away', async () => {
    await app.platform.certificateDatabase('down');
    // Meanwhile its check says 'exists' of nobody, as an honest one would.
    await completeWhileCoursesFail();
    await untilReason('Internal server error');
    await app.platform.certificateDatabase('up');
    const { attempts } = await status();
    await waitFor(async () => ((await status()).attempts ?? 0) > attempts + 2, {
      message: 'it was tried several times',
    });
    await expect(status()).resolves.toMatchObject({ status: 'REQUESTED' });
  });

  it('whose certificate was created while nobody heard of it is issued once the check is mended', async () => {
    await completeWhileCoursesFail();
    await untilReason('Internal server error');
    await app.platform.mend([3]);
    await untilCertificate(await app.as(key.userId), key, 'ISSUED');
    // As after a restored backup: the certificate is there, and this service does not know.
    await app.service.database.pool.query(
      `WITH again AS (UPDATE certificate SET status = 'REQUESTED', issued_at = NULL
                      WHERE user_id = $1 RETURNING user_id, course_id)
       INSERT INTO outbox (topic, user_id, course_id) SELECT 'certificate.requested', * FROM again`,
      [key.userId],
    );
    await waitFor(async () => (await status()).reason !== null, { message: 'it is refused' });
    await app.platform.mend([2]);
    await untilCertificate(await app.as(key.userId), key, 'ISSUED');
    await expect(issuedTo(key)).resolves.toHaveLength(1);
    await expect(metric('progress_certificate_check_trusted 1')).resolves.toBe(true);
  });
});

it('on a platform that is mended, a completed course has its certificate, once', async () => {
  await app.platform.mend('all');
  const learner = await app.as(key.userId);
  await study(learner, key, world.lessonIds);
  await untilCertificate(learner, key, 'ISSUED');
  await expect(issuedTo(key)).resolves.toHaveLength(1);
});
