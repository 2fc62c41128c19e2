import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { study, untilCertificate } from '../support/learning.ts';
import { waitFor } from '../support/wait-for.ts';
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

it('a listener written in NestJS gets an event’s id and time with its data', async () => {
  const heard = async () =>
    (await app.platform.requests()).filter(({ subject }) => subject.startsWith('progress.'));
  await waitFor(async () => (await heard()).length >= 4, { message: 'the events are heard' });
  for (const { data } of await heard()) {
    expect(data).toMatchObject({
      ...key,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    });
  }
});
