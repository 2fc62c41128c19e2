import { afterEach, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { certificateStatus, courseProgress, study, succeed } from '../support/learning.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

const world = platform({ lessons: 2, learners: 1, durationSeconds: 100 });
const courseId = world.course._id;
const [first, last] = world.lessonIds as [string, string];
const userId = world.learnerIds[0]!;
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

let service: TestApp;
let administrator: GraphqlClient;
afterEach(() => service.close());

async function begin(environment: Record<string, string> = {}): Promise<void> {
  const shrinking = { COURSE_SHRINK_CONFIRM_SECONDS: '0' };
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: { ...shrinking, ...environment },
  });
  administrator = await service.as({ sub: world.administratorId, role: 'admin' });
}
const watch = async (lessonId: string, at: string) =>
  (
    await succeed(
      administrator,
      `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { data { completed_at } } }`,
      {
        input: {
          ...{ userId, courseId, lessonId, sessionId: lessonId },
          beats: [{ seq: 0, from: 0, to: 100, at }],
        },
      },
    )
  ).data.completed_at;
/** The date of the course's completion, in every answer that has one. */
const dates = async () => {
  const { completed_at: ofCourse } = await courseProgress(administrator, { userId, courseId });
  const { completed_at: ofCertificate } = await certificateStatus(administrator, {
    userId,
    courseId,
  });
  const listed = await succeed(
    administrator,
    `query ($userId: String!) { certificates(filter: { userId: $userId }, first: 5) { edges { node { completed_at } } } }`,
    { userId },
  );
  const { data } = await succeed(
    administrator,
    `query ($userId: String!) { exportUserData(userId: $userId) { data {
       courses { completed_at } certificates { completed_at } } } }`,
    { userId },
  );
  return [
    ofCourse,
    ofCertificate,
    listed.edges[0].node.completed_at,
    data.courses[0].completed_at,
    data.certificates[0].completed_at,
  ];
};
it('a course that was completed offline is dated then, with its certificate', async () => {
  await begin();
  const [second, sixth] = [daysAgo(2), daysAgo(6)];
  expect(await watch(last, second)).toBe(second);
  expect(await watch(first, sixth)).toBe(sixth);
  // The lesson that came last was watched first: the course was complete with the other one.
  expect(await dates()).toEqual(Array.from({ length: 5 }, () => second));
});

it('a course that another structure completes is dated by its lessons, too', async () => {
  await begin({ COURSE_EVALUATION_POLL_MS: '50' });
  const third = daysAgo(3);
  await watch(first, third);
  const lessons = world.course.sections![0]!.lessons.slice(0, 1);
  service.peers!.courses.courses.set(courseId, {
    ...world.course,
    sections: [{ ...world.course.sections![0]!, lessons }],
  });
  await succeed(
    administrator,
    `mutation ($courseId: String!) { refreshCourse(courseId: $courseId) { success } }`,
    { courseId },
  );
  await waitFor(
    async () =>
      (await certificateStatus(administrator, { userId, courseId })).status !== 'NOT_EARNED',
    { message: 'the course is complete' },
  );
  expect(await dates()).toEqual(Array.from({ length: 5 }, () => third));
});

it('a course that is completed by hand is dated now, though its other lesson is older', async () => {
  await begin();
  await watch(first, daysAgo(6));
  const before = Date.now();
  await study(administrator, { userId, courseId }, [last]);
  for (const date of await dates()) expect(Date.parse(date)).toBeGreaterThanOrEqual(before - 1_000);
});

it('a certificate for a first lesson is dated by that lesson', async () => {
  await begin({ CERTIFICATE_TRIGGER: 'lesson' });
  const fourth = daysAgo(4);
  await watch(first, fourth);
  const status = await certificateStatus(administrator, { userId, courseId });
  expect(status.completed_at).toBe(fourth);
});
