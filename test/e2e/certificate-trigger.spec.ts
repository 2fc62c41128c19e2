import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { certificateStatus, courseProgress, study, untilCertificate } from '../support/learning.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 3, learners: 1 });
const key = { userId: world.learnerIds[0]!, courseId: world.course._id };
let service: TestApp;
let learner: GraphqlClient;

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: { CERTIFICATE_TRIGGER: 'lesson' },
  });
  learner = await service.as({ sub: key.userId, role: 'user' });
});
afterAll(() => service.close());

it('with CERTIFICATE_TRIGGER=lesson requests one certificate at the first completed lesson', async () => {
  await study(learner, key, world.lessonIds.slice(0, 1), false);
  await expect(certificateStatus(learner, key)).resolves.toMatchObject({ status: 'NOT_EARNED' });

  await study(learner, key, world.lessonIds.slice(1, 2));
  const issued = await untilCertificate(learner, key, 'ISSUED');
  await expect(courseProgress(learner, key)).resolves.toMatchObject({ completed_at: null });

  await study(learner, key, world.lessonIds.slice(2));
  const { data } = await learner.request(
    `mutation ($userId: String!, $lessonId: String!) {
      markLessonAsCompleted(userId: $userId, lessonId: $lessonId) { success } }`,
    { userId: key.userId, lessonId: world.lessonIds[0] },
  );
  expect(data.markLessonAsCompleted.success).toBe(true);
  await expect(courseProgress(learner, key)).resolves.toMatchObject({ progress_percentage: 100 });
  await expect(certificateStatus(learner, key)).resolves.toEqual(issued);
  const { rows } = await service.database.pool.query(
    `SELECT FROM outbox WHERE topic = 'certificate.requested'`,
  );
  expect(rows).toEqual([]);
  expect(service.peers!.certificates.issued).toHaveLength(1);
});
