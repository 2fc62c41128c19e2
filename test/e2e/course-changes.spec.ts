import { connect } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxCourse } from '../../sandbox/catalogue.ts';
import { platform } from '../builders/catalogue.ts';
import { withLessons } from '../builders/course.ts';
import { objectId } from '../builders/ids.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import {
  certificateStatus,
  courseProgress,
  refusal,
  study,
  succeed,
  untilCertificate,
} from '../support/learning.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

const REFRESH = `mutation ($courseId: String!) { refreshCourse(courseId: $courseId) {
  success message data { courseId title total_lessons structure_version fetched_at } } }`;
const PREVIEW = `query ($courseId: String!) { courseChangePreview(courseId: $courseId) {
  success message data { added_lessons removed_lessons learners learners_completing percentages_moving } } }`;

const world = platform({ lessons: 4, learners: 3 });
const [almost, halfway, done] = world.learnerIds as [string, string, string];
let service: TestApp;
let administrator: GraphqlClient;
/** A course of its own for each test, of four lessons. */
let course: SandboxCourse;
let lessonIds: string[];

const begin = (environment: Record<string, string> = {}) =>
  startTestApp({
    catalogue: world.catalogue,
    environment: {
      COURSE_EVALUATION_POLL_MS: '50',
      COURSE_SHRINK_CONFIRM_SECONDS: '0',
      OUTBOX_POLL_MS: '50',
      NATS_REQUEST_TIMEOUT_MS: '500',
      ...environment,
    },
  });
const administratorOf = (app: TestApp) => app.as({ sub: world.administratorId, role: 'admin' });

beforeAll(async () => {
  service = await begin();
  administrator = await administratorOf(service);
});
beforeEach(() => {
  lessonIds = Array.from({ length: 4 }, objectId);
  course = withLessons({ ...world.course, _id: objectId() }, lessonIds);
  change(lessonIds);
});
afterEach(() => {
  service.peers!.courses.hideSections = false;
  service.peers!.courses.silent = false;
});
afterAll(() => service.close());

const change = (lessons: string[]) =>
  service.peers!.courses.courses.set(course._id, withLessons(course, lessons));
const refresh = async () => (await succeed(administrator, REFRESH, { courseId: course._id })).data;
const preview = async () => (await succeed(administrator, PREVIEW, { courseId: course._id })).data;
const keyOf = (userId: string) => ({ userId, courseId: course._id });
const learn = (userId: string, lessons: string[]) => study(administrator, keyOf(userId), lessons);
const issuedTo = (userId: string) =>
  service.peers!.certificates.issued.filter(
    (issue) => issue.userId === userId && issue.courseId === course._id,
  );

describe('a lesson that is removed', () => {
  it('completes those for whom it was the last missing one, and nobody else', async () => {
    await learn(almost, lessonIds.slice(0, 3));
    await learn(halfway, lessonIds.slice(2));
    await learn(done, lessonIds);
    await untilCertificate(administrator, keyOf(done), 'ISSUED');

    change(lessonIds.slice(0, 3));
    await expect(preview()).resolves.toEqual({
      added_lessons: 0,
      removed_lessons: 1,
      learners: 3,
      learners_completing: 1,
      percentages_moving: 2,
    });
    await expect(certificateStatus(administrator, keyOf(almost))).resolves.toMatchObject({
      status: 'NOT_EARNED',
    });

    const refreshed = await refresh();
    expect(refreshed).toMatchObject({
      courseId: course._id,
      total_lessons: 3,
      structure_version: 2,
    });
    await untilCertificate(administrator, keyOf(almost), 'ISSUED');
    await expect(courseProgress(administrator, keyOf(almost))).resolves.toMatchObject({
      total_lessons: 3,
      completed_lessons: 3,
      progress_percentage: 100,
    });
    await expect(courseProgress(administrator, keyOf(halfway))).resolves.toMatchObject({
      completed_lessons: 1,
      progress_percentage: 33.33,
    });
    expect(issuedTo(almost)).toHaveLength(1);
    expect(issuedTo(done)).toHaveLength(1);
    expect(issuedTo(halfway)).toHaveLength(0);
    await expect(rollupDifferences(service.app)).resolves.toEqual([]);
  });
});

describe('a lesson that is added', () => {
  it('lowers percentages and takes no certificate back, nor issues another when it is completed', async () => {
    await learn(done, lessonIds);
    const before = await untilCertificate(administrator, keyOf(done), 'ISSUED');
    const added = objectId();
    change([...lessonIds, added]);
    await expect(preview()).resolves.toEqual({
      added_lessons: 1,
      removed_lessons: 0,
      learners: 1,
      learners_completing: 0,
      percentages_moving: 1,
    });
    await refresh();
    await waitFor(
      async () => (await courseProgress(administrator, keyOf(done))).progress_percentage === 80,
      { message: 'the percentage follows' },
    );
    await learn(done, [added]);
    await expect(courseProgress(administrator, keyOf(done))).resolves.toMatchObject({
      progress_percentage: 100,
    });
    await expect(certificateStatus(administrator, keyOf(done))).resolves.toEqual(before);
    expect(issuedTo(done)).toHaveLength(1);
  });

  it('counts for those who completed it when the course had it before', async () => {
    await learn(almost, lessonIds.slice(0, 3));
    change(lessonIds.slice(2));
    await refresh();
    change(lessonIds.slice(0, 3));
    await expect(preview()).resolves.toMatchObject({
      added_lessons: 2,
      removed_lessons: 1,
      learners_completing: 1,
    });
    await refresh();
    await untilCertificate(administrator, keyOf(almost), 'ISSUED');
  });
});

describe('a change that nobody heard of', () => {
  it('of a course that nobody reads completes those concerned all the same', async () => {
    const patient = await begin({ COURSE_REFRESH_SECONDS: '1', COURSE_REVIEW_SECONDS: '2' });
    try {
      const { courses, certificates } = patient.peers!;
      courses.courses.set(course._id, withLessons(course, lessonIds));
      await study(await administratorOf(patient), keyOf(almost), lessonIds.slice(0, 3));
      courses.courses.set(course._id, withLessons(course, lessonIds.slice(0, 3)));
      await waitFor(() => certificates.issued.length > 0, { message: 'the certificate is issued' });
      expect(certificates.issued).toMatchObject([keyOf(almost)]);
    } finally {
      await patient.close();
    }
  });
});

describe('a structure that is not known at the completion', () => {
  it('is asked for again, and evaluated as soon as it is known', async () => {
    const impatient = await begin({ COURSE_REFRESH_SECONDS: '1' });
    try {
      const asker = await administratorOf(impatient);
      const { courses, certificates } = impatient.peers!;
      courses.courses.set(course._id, { ...course, totalLectures: 0 });
      courses.hideSections = true;
      await study(asker, keyOf(done), lessonIds);
      await study(asker, keyOf(almost), lessonIds.slice(1));
      await expect(certificateStatus(asker, keyOf(done))).resolves.toMatchObject({
        reason: 'STRUCTURE_UNKNOWN',
      });

      courses.hideSections = false;
      await waitFor(() => certificates.issued.length > 0, { message: 'nobody asks, yet it comes' });
      await expect(certificateStatus(asker, keyOf(almost))).resolves.toMatchObject({
        reason: 'LESSONS_MISSING',
        blockers: [{ lessonId: lessonIds[0] }],
      });
      expect(certificates.issued).toMatchObject([keyOf(done)]);
    } finally {
      await impatient.close();
    }
  });

  it('is previewed as what it will mean', async () => {
    service.peers!.courses.hideSections = true;
    service.peers!.courses.courses.set(course._id, { ...course, totalLectures: 0 });
    await learn(done, lessonIds);
    await learn(almost, lessonIds.slice(1));
    service.peers!.courses.hideSections = false;
    await expect(preview()).resolves.toEqual({
      added_lessons: 4,
      removed_lessons: 0,
      learners: 2,
      learners_completing: 1,
      percentages_moving: 2,
    });
  });
});

describe('a course.update that is overheard', () => {
  it('has the course refreshed when the course service has applied it, and is not answered', async () => {
    await learn(almost, lessonIds.slice(0, 3));
    const connection = await connect({ servers: service.nats.url });
    try {
      const request = {
        pattern: 'course.update',
        data: { updateCourseInput: { courseId: course._id } },
        id: 'r1',
      };
      await expect(
        connection.request('course.update', JSON.stringify(request), { timeout: 1_000 }),
      ).rejects.toThrow(/timeout/i);
      // The first refresh is over by now; only the second can find the change.
      change(lessonIds.slice(0, 3));
      await waitFor(() => issuedTo(almost).length === 1, { message: 'the learner’s certificate' });
    } finally {
      await connection.close();
    }
  });

  it('of a course that nobody learns in is not followed up, and nonsense does no harm', async () => {
    await learn(almost, lessonIds.slice(0, 3));
    const askedFor = () =>
      service.peers!.courses.requests.map(({ data }) => (data as { id: string }).id);
    const foreign = objectId();
    const connection = await connect({ servers: service.nats.url });
    try {
      change(lessonIds.slice(0, 3));
      connection.publish('course.update', 'nonsense {');
      connection.publish('course.update', JSON.stringify({ data: { id: foreign }, id: 'r1' }));
      connection.publish('course.update', JSON.stringify({ data: { id: course._id }, id: 'r2' }));
      await waitFor(() => issuedTo(almost).length === 1, { message: 'the learner’s certificate' });
      expect(askedFor()).not.toContain(foreign);
    } finally {
      await connection.close();
    }
  });
});

describe('refreshCourse and courseChangePreview', () => {
  it('are for administrators, of a course that exists, while its service can be asked', async () => {
    for (const role of ['user', 'instructor', 'service']) {
      const person = await service.as({ sub: world.instructorId, role });
      for (const query of [REFRESH, PREVIEW]) {
        await expect(refusal(person, query, { courseId: course._id })).resolves.toBe('FORBIDDEN');
      }
    }
    for (const query of [REFRESH, PREVIEW]) {
      await expect(refusal(administrator, query, { courseId: objectId() })).resolves.toBe(
        'NOT_FOUND',
      );
    }
    service.peers!.courses.silent = true;
    for (const query of [REFRESH, PREVIEW]) {
      await expect(refusal(administrator, query, { courseId: course._id })).resolves.toBe(
        'SERVICE_UNAVAILABLE',
      );
    }
  });
});
