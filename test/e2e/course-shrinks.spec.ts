import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxCourse } from '../../sandbox/catalogue.ts';
import { platform } from '../builders/catalogue.ts';
import { withLessons } from '../builders/course.ts';
import { objectId } from '../builders/ids.ts';
import {
  certificateStatus,
  courseProgress,
  study,
  succeed,
  untilCertificate,
} from '../support/learning.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

const REFRESH = `mutation ($courseId: String!, $confirmRemovals: Boolean) {
  refreshCourse(courseId: $courseId, confirmRemovals: $confirmRemovals) {
    message data { total_lessons structure_version waiting_lessons next_look_at } } }`;
const PREVIEW = `query ($courseId: String!) { courseChangePreview(courseId: $courseId) { data {
  removed_lessons learners_completing removals_count_for_seconds } } }`;
const WAITING = `query ($first: Int, $after: String) { shrunkCourses(first: $first, after: $after) {
  message pageInfo { hasNextPage endCursor }
  edges { node { courseId title total_lessons told_lessons missing_lessons seen_at seen_by next_look_at
    lessons { lessonId title missing_since } } } } }`;

const world = platform({ lessons: 3, learners: 2 });
const [learner, other] = world.learnerIds as [string, string];
/** Waits for as long as by default; nothing is looked at again while these tests run. */
let patient: TestApp;
/** Looks again after a second. */
let quick: TestApp;
let course: SandboxCourse;
let lessonIds: string[];

const begin = (environment: Record<string, string> = {}) =>
  startTestApp({
    catalogue: world.catalogue,
    environment: { COURSE_EVALUATION_POLL_MS: '50', OUTBOX_POLL_MS: '50', ...environment },
  });
const administratorOf = (app: TestApp) => app.as({ sub: world.administratorId, role: 'admin' });

beforeAll(async () => {
  [patient, quick] = await Promise.all([begin(), begin({ COURSE_SHRINK_CONFIRM_SECONDS: '1' })]);
});
beforeEach(() => {
  lessonIds = Array.from({ length: 3 }, objectId);
  course = withLessons({ ...world.course, _id: objectId() }, lessonIds);
  for (const app of [patient, quick]) tell(app, course);
});
afterAll(() => Promise.all([patient.close(), quick.close()]));

const tell = (app: TestApp, told: SandboxCourse) =>
  app.peers!.courses.courses.set(course._id, told);
const keyOf = (userId: string) => ({ userId, courseId: course._id });
const refresh = async (app: TestApp, confirmRemovals?: boolean) => {
  const variables = { courseId: course._id, confirmRemovals };
  return succeed(await administratorOf(app), REFRESH, variables);
};
const waiting = async (app: TestApp) => {
  const { edges } = await succeed(await administratorOf(app), WAITING, { first: 100 });
  return edges
    .map(({ node }: { node: { courseId: string } }) => node)
    .filter(({ courseId }: { courseId: string }) => courseId === course._id);
};
const issued = (app: TestApp) =>
  app.peers!.certificates.issued.filter(({ courseId }) => courseId === course._id);

describe('a course service that tells less than before', () => {
  it('completes nobody while it is wrong for a moment', async () => {
    const asker = await administratorOf(patient);
    await study(asker, keyOf(learner), lessonIds.slice(0, 1));
    tell(patient, withLessons(course, lessonIds.slice(0, 1)));
    const { message, data } = await refresh(patient);
    expect(message).toMatch(/second look/);
    expect(data).toEqual({
      total_lessons: 3,
      structure_version: 1,
      waiting_lessons: 2,
      next_look_at: expect.any(String),
    });
    // Somebody who begins now sees the same course.
    await study(asker, keyOf(other), lessonIds.slice(0, 1));

    tell(patient, course);
    await expect(refresh(patient)).resolves.toMatchObject({
      message: 'Course refreshed.',
      data: { total_lessons: 3, waiting_lessons: 0, next_look_at: null },
    });
    for (const userId of [learner, other]) {
      await expect(certificateStatus(asker, keyOf(userId))).resolves.toMatchObject({
        status: 'NOT_EARNED',
        missing_lessons: 2,
      });
    }
    await expect(waiting(patient)).resolves.toEqual([]);
    await expect(rollupDifferences(patient.app)).resolves.toEqual([]);
  });

  it('is asked once more, and then completes those who have everything else', async () => {
    const asker = await administratorOf(quick);
    await study(asker, keyOf(learner), lessonIds.slice(0, 2));
    tell(quick, withLessons(course, lessonIds.slice(0, 2)));
    await expect(refresh(quick)).resolves.toMatchObject({ data: { waiting_lessons: 1 } });
    await untilCertificate(asker, keyOf(learner), 'ISSUED');
    await expect(courseProgress(asker, keyOf(learner))).resolves.toMatchObject({
      total_lessons: 2,
      progress_percentage: 100,
    });
    expect(issued(quick)).toHaveLength(1);
    await expect(waiting(quick)).resolves.toEqual([]);
  });

  it('is asked again until it answers', async () => {
    const asker = await administratorOf(quick);
    await study(asker, keyOf(learner), lessonIds.slice(0, 2));
    tell(quick, withLessons(course, lessonIds.slice(0, 2)));
    await refresh(quick);
    quick.peers!.courses.failure = { status: 'error', message: 'Internal server error' };
    const { rows } = await waitFor(
      async () => {
        const found = await quick.database.pool.query(
          `SELECT FROM course_shrink WHERE course_id = $1 AND look_at > seen_at + interval '10 s'`,
          [course._id],
        );
        return found.rows.length > 0 && found;
      },
      { message: 'a look has come to nothing' },
    );
    expect(rows).toHaveLength(1);
    quick.peers!.courses.failure = null;
    await quick.database.pool.query(`UPDATE course_shrink SET look_at = now()`);
    await untilCertificate(asker, keyOf(learner), 'ISSUED');
  });

  it('is believed at once where an administrator says so', async () => {
    const asker = await administratorOf(patient);
    await study(asker, keyOf(learner), lessonIds.slice(0, 2));
    tell(patient, withLessons(course, lessonIds.slice(0, 2)));
    await refresh(patient);
    await expect(succeed(asker, PREVIEW, { courseId: course._id })).resolves.toMatchObject({
      data: {
        removed_lessons: 1,
        learners_completing: 1,
        removals_count_for_seconds: expect.toSatisfy((left: number) => left > 200 && left <= 300),
      },
    });
    await expect(refresh(patient, true)).resolves.toMatchObject({
      message: 'Course refreshed.',
      data: { total_lessons: 2, waiting_lessons: 0, next_look_at: null },
    });
    await untilCertificate(asker, keyOf(learner), 'ISSUED');
  });
});

describe('a course service that first tells one lesson without listing it, and then the list of three', () => {
  it('completes nobody with one lesson', async () => {
    const asker = await administratorOf(patient);
    patient.peers!.courses.hideSections = true;
    tell(patient, { ...course, totalLectures: 1 });
    await study(asker, keyOf(learner), lessonIds.slice(0, 1));
    await expect(courseProgress(asker, keyOf(learner))).resolves.toMatchObject({
      total_lessons: 1,
      completed_lessons: 1,
    });
    await expect(certificateStatus(asker, keyOf(learner))).resolves.toMatchObject({
      status: 'NOT_EARNED',
      reason: 'BEING_EVALUATED',
    });
    await expect(waiting(patient)).resolves.toMatchObject([
      { total_lessons: 0, told_lessons: 1, missing_lessons: 0 },
    ]);

    patient.peers!.courses.hideSections = false;
    await refresh(patient);
    await waitFor(
      async () => (await courseProgress(asker, keyOf(learner))).progress_percentage === 33.33,
      { message: 'the list counts' },
    );
    await expect(certificateStatus(asker, keyOf(learner))).resolves.toMatchObject({
      status: 'NOT_EARNED',
      missing_lessons: 2,
    });
    expect(issued(patient)).toEqual([]);
    await expect(rollupDifferences(patient.app)).resolves.toEqual([]);
  });

  it('completes those who have all, once the number is told again and nobody sends a list', async () => {
    const asker = await administratorOf(quick);
    const { courses } = quick.peers!;
    courses.hideSections = true;
    tell(quick, { ...course, totalLectures: 2 });
    await study(asker, keyOf(learner), lessonIds.slice(0, 2));
    await untilCertificate(asker, keyOf(learner), 'ISSUED');
    courses.hideSections = false;
    expect(issued(quick)).toHaveLength(1);
  });
});

describe('shrunkCourses', () => {
  it('shows administrators what waits, since when, and who saw it, page by page', async () => {
    const asker = await administratorOf(patient);
    await refresh(patient);
    tell(patient, withLessons(course, lessonIds.slice(1)));
    await refresh(patient);
    const [mine] = await waiting(patient);
    expect(mine).toEqual({
      courseId: course._id,
      title: course.title,
      total_lessons: 3,
      told_lessons: null,
      missing_lessons: 1,
      lessons: [
        {
          lessonId: lessonIds[0],
          title: `Lesson ${lessonIds[0]}`,
          missing_since: mine.seen_at,
        },
      ],
      seen_at: expect.any(String),
      seen_by: expect.stringMatching(/./),
      next_look_at: new Date(Date.parse(mine.seen_at) + 300_000).toISOString(),
    });

    course = { ...course, _id: objectId() };
    tell(patient, course);
    await refresh(patient);
    tell(patient, withLessons(course, []));
    await refresh(patient);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: any = await succeed(asker, WAITING, { first: 1, after });
      seen.push(...page.edges.map(({ node }: { node: { courseId: string } }) => node.courseId));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual([...seen].sort());
    expect(seen).toEqual(expect.arrayContaining([mine.courseId, course._id]));
  });
});
