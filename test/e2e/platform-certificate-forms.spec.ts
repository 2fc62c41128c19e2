import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { Rows } from '../platform/src/contract.ts';
import { certificateStatus, study, succeed, untilCertificate } from '../support/learning.ts';
import { startPlatformApp, type PlatformApp } from '../support/platform-app.ts';
import { waitFor } from '../support/wait-for.ts';

const LIST = `query ($userId: String!) { certificates(filter: { userId: $userId }) {
  edges { node { courseId status issued_at reason } } } }`;

let app: PlatformApp;

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

const FORMS: [string, Rows][] = [
  ['all as published', []],
  ['row 1 mended', [1]],
  ['row 2 mended', [2]],
  ['row 4 mended', [4]],
  ['row 11 mended', [11]],
];

// Where the certificate service fails because the course service does. In the other forms it issues at once.
it.each(FORMS)(
  '%s: a completed course’s certificate is REQUESTED, with the reason, and issued once when the course service is mended',
  async (_name, mended) => {
    const world = platform({ lessons: 2, learners: 1 });
    await app.become(mended, world.catalogue);
    const [userId] = world.learnerIds as [string];
    const key = { userId, courseId: world.course._id };
    const [learner, administrator] = await Promise.all([
      app.as(userId),
      app.as(world.administratorId),
    ]);
    const issued = async () =>
      (await app.platform.certificates()).filter((certificate) => certificate.userId === userId);
    const attempts = async () =>
      (await app.platform.requests()).filter(
        ({ subject, data }) =>
          subject === 'certificate.createCertificate' &&
          (data as { createCertificateInput: typeof key }).createCertificateInput.userId === userId,
      ).length;

    await study(learner, key, world.lessonIds);
    await waitFor(async () => (await attempts()) >= 2, { message: 'it is asked for again' });
    const status = await certificateStatus(learner, key);
    const unsettled = { status: 'REQUESTED', issued_at: null, reason: expect.any(String) };
    expect(status).toMatchObject(unsettled);
    expect((await succeed(administrator, LIST, { userId })).edges).toMatchObject([
      { node: { courseId: key.courseId, ...unsettled } },
    ]);
    await expect(issued()).resolves.toEqual([]);

    await app.platform.mend([3]);
    await expect(untilCertificate(learner, key, 'ISSUED')).resolves.toMatchObject({ reason: null });
    await expect(issued()).resolves.toMatchObject([key]);
  },
);
