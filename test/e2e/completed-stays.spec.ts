import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { study, succeed, untilCertificate } from '../support/learning.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const world = platform({ lessons: 2, learners: 1, durationSeconds: 100 });
const courseId = world.course._id;
const userId = world.learnerIds[0]!;
let service: TestApp;
let administrator: GraphqlClient;

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: { OUTBOX_POLL_MS: '50' },
  });
  administrator = await service.as({ sub: world.administratorId, role: 'admin' });
});
afterAll(() => service.close());

/** All that is said of the learner and the course. */
async function said() {
  const { data } = await administrator.request(
    `query ($userId: String!, $courseId: String!) {
       progress: getCourseProgress(userId: $userId, courseId: $courseId) {
         data { completed_lessons progress_percentage completed_at } }
       certificate: certificateStatus(userId: $userId, courseId: $courseId) {
         data { status completed_at missing_lessons blockers { lessonId } } }
       statistics: getUserProgressStats(userId: $userId) {
         data { total_courses_enrolled total_lessons_completed } }
       certificates(filter: { userId: $userId }, first: 5) { edges { node { status completed_at } } }
       exported: exportUserData(userId: $userId) {
         data { courses { lessons_completed completed_at } certificates { status completed_at } } }
       records: userProgressList(filter: { userId: $userId }) { items { completed } }
     }`,
    { userId, courseId },
  );
  return data;
}
const remove = async (lessonId: string) => {
  const { data } = await succeed(
    administrator,
    `query ($userId: String!, $lessonId: String!) {
       userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) { data { id } } }`,
    { userId, lessonId },
  );
  await succeed(
    administrator,
    `mutation ($id: ID!) { deleteUserProgress(id: $id) { success } }`,
    data,
  );
};

it('a course once completed stays completed, and earned, in every answer, whatever becomes of its records', async () => {
  const [first, last] = world.lessonIds as [string, string];
  await study(administrator, { userId, courseId }, [first, last]);
  const { completed_at: earnedAt } = await untilCertificate(
    administrator,
    { userId, courseId },
    'ISSUED',
  );
  /** What stays, and what is so now: completed lessons, and live records. */
  const expectSaid = async (completed: number, records: boolean[]) => {
    expect(await said()).toEqual({
      progress: {
        data: {
          completed_lessons: completed,
          progress_percentage: completed * 50,
          completed_at: earnedAt,
        },
      },
      certificate: {
        data: { status: 'ISSUED', completed_at: earnedAt, missing_lessons: 0, blockers: [] },
      },
      statistics: {
        data: {
          total_courses_enrolled: records.length > 0 ? 1 : 0,
          total_lessons_completed: completed,
        },
      },
      certificates: { edges: [{ node: { status: 'ISSUED', completed_at: earnedAt } }] },
      exported: {
        data: {
          courses: [{ lessons_completed: completed, completed_at: earnedAt }],
          certificates: [{ status: 'ISSUED', completed_at: earnedAt }],
        },
      },
      records: { items: records.map((one) => ({ completed: one })) },
    });
    expect(await rollupDifferences(service.app)).toEqual([]);
  };

  await expectSaid(2, [true, true]);
  await remove(first);
  await expectSaid(1, [true]);
  await study(administrator, { userId, courseId }, [first], false);
  await expectSaid(1, [false, true]);
  await remove(first);
  await remove(last);
  await expectSaid(0, []);
  await study(administrator, { userId, courseId }, [first, last]);
  await expectSaid(2, [true, true]);
  expect(service.peers!.certificates.issued).toHaveLength(1);
});
