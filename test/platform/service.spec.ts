import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { study, untilCertificate } from '../support/learning.ts';
import { startPlatformApp, type PlatformApp } from '../support/platform-app.ts';

const world = platform({ lessons: 2, learners: 1 });
const learner = world.learnerIds[0]!;
const key = { userId: learner, courseId: world.course._id };
let app: PlatformApp;

beforeAll(async () => {
  app = await startPlatformApp({
    catalogue: world.catalogue,
    mended: 'all',
    environment: { OUTBOX_POLL_MS: '50', OUTBOX_BACKOFF_MAX_SECONDS: '1' },
  });
});
afterAll(() => app.close());

it('a course completed on a platform that is mended has its certificate, once', async () => {
  const client = await app.as(learner);
  await study(client, key, world.lessonIds);
  await untilCertificate(client, key, 'ISSUED');
  await expect(app.platform.certificates()).resolves.toMatchObject([key]);
});
