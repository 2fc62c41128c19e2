import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxCourse } from '../../sandbox/catalogue.ts';
import { platform } from '../builders/catalogue.ts';
import { objectId, userId } from '../builders/ids.ts';
import { withLessons } from '../builders/course.ts';
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

const REFRESH = `mutation ($courseId: String!) { refreshCourse(courseId: $courseId) { success } }`;
const CREATE = `mutation ($input: CreateUserProgressInput!) {
  createUserProgress(createUserProgressInput: $input) { success } }`;
const COMPLETE = `mutation ($userId: String!, $lessonId: String!) {
  markLessonAsCompleted(userId: $userId, lessonId: $lessonId) { data { id } } }`;
const WATCH = `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) {
  data { id courseId completed watch_time_seconds coverage_percentage } beats { result creditedSeconds } } }`;
const RECORD = `query ($userId: String!, $lessonId: String!) {
  userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) {
    data { id courseId completed watch_time_seconds coverage_percentage } } }`;
const STATISTICS = `query ($userId: String!) { getUserProgressStats(userId: $userId) {
  data { total_courses_enrolled total_lessons_completed total_watch_time_seconds } } }`;

const world = platform({ lessons: 1 });
let service: TestApp;
let administrator: GraphqlClient;
/** A learner, and two courses that nobody knows yet, for each test. */
let learner: string;
let former: SandboxCourse;
let latter: SandboxCourse;
let shared: string;

beforeAll(async () => {
  service = await startTestApp({
    catalogue: world.catalogue,
    environment: {
      COURSE_EVALUATION_POLL_MS: '50',
      OUTBOX_POLL_MS: '50',
      ABSENCE_CACHE_SECONDS: '0',
      REQUIRE_COVERAGE: 'true',
      DB_STATEMENT_TIMEOUT_MS: '2000',
    },
  });
  administrator = await service.as({ sub: world.administratorId, role: 'admin' });
});
beforeEach(() => {
  learner = userId();
  shared = objectId();
  service.peers!.users.users.set(learner, { ...world.catalogue.users.at(-1)!, id: learner });
  [former, latter] = [
    { ...world.course, _id: objectId() },
    { ...world.course, _id: objectId() },
  ];
});
afterAll(() => service.close());

const offer = (
  course: SandboxCourse,
  lessonIds: string[],
  durationSeconds: number | null = null,
) => {
  const listed = withLessons(course, lessonIds);
  const lessons = listed.sections![0]!.lessons.map((lesson) => ({ ...lesson, durationSeconds }));
  service.peers!.courses.courses.set(course._id, {
    ...listed,
    sections: [{ ...listed.sections![0]!, lessons }],
  } as SandboxCourse);
};
const refresh = ({ _id }: SandboxCourse) => succeed(administrator, REFRESH, { courseId: _id });
const keyOf = ({ _id }: SandboxCourse) => ({ userId: learner, courseId: _id });
const record = async () =>
  (await succeed(administrator, RECORD, { userId: learner, lessonId: shared })).data;

let sessions = 0;
/** Watches a stretch of the lesson, in real time, some hours ago. */
function watch(course: SandboxCourse, from: number, to: number, client = administrator) {
  const at = new Date(Date.now() - 3_600_000 * 5 + to * 1_000).toISOString();
  const beats = [{ seq: 0, from, to, at }];
  const sessionId = `session${(sessions += 1)}`;
  const input = { ...keyOf(course), lessonId: shared, sessionId, beats };
  return succeed(client, WATCH, { input });
}
const untilAtHome = ({ _id }: SandboxCourse) =>
  waitFor(async () => (await record()).courseId === _id, { message: `the record is in ${_id}` });
const untilPercentage = (course: SandboxCourse, percentage: number) =>
  waitFor(
    async () =>
      (await courseProgress(administrator, keyOf(course))).progress_percentage === percentage,
    { message: `${course._id} is at ${percentage} %` },
  );

describe('a lesson in two courses', () => {
  it('counts in both, whichever it was completed in, and both earn their certificates', async () => {
    const [own, other] = [objectId(), objectId()];
    offer(former, [own, shared]);
    offer(latter, [shared, other]);
    await refresh(latter);
    await study(administrator, keyOf(former), [own, shared]);
    await untilCertificate(administrator, keyOf(former), 'ISSUED');
    await expect(courseProgress(administrator, keyOf(latter))).resolves.toMatchObject({
      completed_lessons: 1,
      progress_percentage: 50,
    });
    await expect(certificateStatus(administrator, keyOf(latter))).resolves.toMatchObject({
      missing_lessons: 1,
      blockers: [{ lessonId: other }],
    });

    await study(administrator, keyOf(latter), [other]);
    await untilCertificate(administrator, keyOf(latter), 'ISSUED');
    await expect(rollupDifferences(service.app)).resolves.toEqual([]);
  });

  it('counts in a course that becomes known after it was completed, and may complete it', async () => {
    offer(former, [shared, objectId()]);
    offer(latter, [shared]);
    await study(administrator, keyOf(former), [shared]);
    await refresh(latter);
    await untilCertificate(administrator, keyOf(latter), 'ISSUED');
    const statistics = await succeed(administrator, STATISTICS, { userId: learner });
    expect(statistics.data).toMatchObject({
      total_courses_enrolled: 1,
      total_lessons_completed: 1,
    });
  });

  it('keeps one record, which may be watched from either', async () => {
    offer(former, [shared], 1_000);
    offer(latter, [shared, objectId()], 1_000);
    await watch(former, 0, 100);
    const { data, beats } = await watch(latter, 100, 200);
    expect(beats).toEqual([{ result: 'COUNTED', creditedSeconds: 100 }]);
    expect(data).toMatchObject({ courseId: former._id, watch_time_seconds: 200 });
    const input = { ...keyOf(latter), lessonId: shared };
    await expect(refusal(administrator, CREATE, { input })).resolves.toBe('CONFLICT');
    await watch(latter, 200, 900);
    await untilCertificate(administrator, keyOf(former), 'ISSUED');
    await untilPercentage(latter, 50);
  });

  it('that is reopened is missing in both', async () => {
    offer(former, [shared, objectId()]);
    offer(latter, [shared, objectId()]);
    await refresh(latter);
    await study(administrator, keyOf(former), [shared]);
    await untilPercentage(latter, 50);
    await succeed(
      administrator,
      `mutation ($id: String!) { updateUserProgress(updateUserProgressInput: { id: $id, completed: false }) { success } }`,
      { id: (await record()).id },
    );
    for (const course of [former, latter]) {
      await expect(courseProgress(administrator, keyOf(course))).resolves.toMatchObject({
        completed_lessons: 0,
      });
    }
  });
});

describe('a lesson that moves to another course', () => {
  const move = async (from: SandboxCourse, to: SandboxCourse) => {
    offer(from, [objectId()], 1_000);
    offer(to, [shared], 1_000);
  };
  beforeEach(async () => {
    await move(latter, former);
    await watch(former, 0, 100);
  });

  it.each(['the former course first', 'the latter course first'])(
    'takes what was watched along: %s',
    async (order) => {
      await move(former, latter);
      const [first, second] = order.startsWith('the former') ? [former, latter] : [latter, former];
      await refresh(first);
      await refresh(second);
      await untilAtHome(latter);
      await expect(record()).resolves.toMatchObject({
        watch_time_seconds: 100,
        coverage_percentage: 10,
      });
      await watch(latter, 100, 900);
      await untilCertificate(administrator, keyOf(latter), 'ISSUED');
      await expect(certificateStatus(administrator, keyOf(former))).resolves.toMatchObject({
        status: 'NOT_EARNED',
      });
      const statistics = await succeed(administrator, STATISTICS, { userId: learner });
      expect(statistics.data).toMatchObject({
        total_courses_enrolled: 1,
        total_watch_time_seconds: 900,
      });
    },
  );

  it('is followed at once by a player that names its new course', async () => {
    await move(former, latter);
    await refresh(former);
    const { data } = await watch(latter, 100, 200);
    expect(data).toMatchObject({ courseId: latter._id, watch_time_seconds: 200 });
  });

  it('loses no second of a player that still has the former course open', async () => {
    await move(former, latter);
    await refresh(former);
    await refresh(latter);
    await untilAtHome(latter);
    const { data, beats } = await watch(former, 100, 200);
    expect(beats).toEqual([{ result: 'COUNTED', creditedSeconds: 100 }]);
    expect(data).toMatchObject({ courseId: latter._id, watch_time_seconds: 200 });
  });

  it('comes back with everything', async () => {
    await move(former, latter);
    await refresh(former);
    await refresh(latter);
    await watch(latter, 100, 900);
    await untilCertificate(administrator, keyOf(latter), 'ISSUED');
    await move(latter, former);
    await refresh(latter);
    await refresh(former);
    await untilAtHome(former);
    await untilCertificate(administrator, keyOf(former), 'ISSUED');
    await expect(record()).resolves.toMatchObject({ completed: true, watch_time_seconds: 900 });
  });

  it('is not counted for a course that never had it', async () => {
    const input = { ...keyOf(latter), lessonId: shared, sessionId: 'stray' };
    const beats = [{ seq: 0, from: 0, to: 10, at: new Date(Date.now() - 60_000).toISOString() }];
    await expect(refusal(administrator, WATCH, { input: { ...input, beats } })).resolves.toBe(
      'BAD_USER_INPUT',
    );
  });
});

describe('courses without lists', () => {
  beforeEach(() => {
    service.peers!.courses.hideSections = true;
  });
  afterEach(() => {
    service.peers!.courses.hideSections = false;
  });

  it('let the learner follow a lesson that one of them has lost to the other', async () => {
    offer(former, [shared], 1_000);
    await watch(former, 0, 100);
    offer(former, [objectId()], 1_000);
    offer(latter, [shared], 1_000);
    // The process that was asked first remembers for a while where the lesson was.
    const { database, nats } = service;
    const another = await startTestApp({ database, nats, catalogue: false });
    try {
      const client = await another.as({ sub: world.administratorId, role: 'admin' });
      const { data } = await watch(latter, 100, 900, client);
      expect(data).toMatchObject({ courseId: latter._id, watch_time_seconds: 900 });
      await untilCertificate(client, keyOf(latter), 'ISSUED');
    } finally {
      await another.close();
    }
  });

  it('tell every beat the length of a lesson, not only the first', async () => {
    offer(former, [shared], 300);
    await watch(former, 0, 50);
    const { data, beats } = await watch(former, 5_000, 5_010);
    expect(beats).not.toMatchObject([{ result: 'COUNTED' }]);
    expect(data).toMatchObject({ coverage_percentage: 16.67 });
    const key = { userId: learner, lessonId: shared };
    await expect(refusal(administrator, COMPLETE, key)).resolves.toBe('BAD_USER_INPUT');
    for (let from = 50; from < 300; from += 50) await watch(former, from, from + 50);
    await expect(record()).resolves.toMatchObject({ completed: true });
    await untilCertificate(administrator, keyOf(former), 'ISSUED');
  });

  it('tell the length of a lesson whose record was begun when it was not known', async () => {
    offer(former, [shared], 300);
    await service.database.pool.query(
      `WITH known AS (INSERT INTO course (course_id, lessons_listed, lessons_total) VALUES ($2, false, 1)),
            rollup AS (INSERT INTO course_progress (user_id, course_id, lessons_started) VALUES ($1, $2, 1))
       INSERT INTO user_progress (user_id, lesson_id, course_id, watched, unique_seconds)
       VALUES ($1, $3, $2, '{[0,290)}', 290)`,
      [learner, former._id, shared],
    );
    await watch(former, 0, 10);
    await untilCertificate(administrator, keyOf(former), 'ISSUED');
  });
});

describe('the length of a lesson', () => {
  it.each([
    ['becomes known', null, 600],
    ['is cut to what was seen', 5_000, 600],
  ])('that %s completes the lesson for those who have seen it', async (_, before, after) => {
    offer(former, [shared], before);
    await watch(former, 0, 600);
    await expect(record()).resolves.toMatchObject({ completed: false });
    offer(former, [shared], after);
    await refresh(former);
    await untilCertificate(administrator, keyOf(former), 'ISSUED');
    await expect(record()).resolves.toMatchObject({ completed: true, coverage_percentage: 100 });
  });

  it('stays known when the course drops the lesson', async () => {
    offer(former, [shared, objectId()], 1_000);
    await watch(former, 0, 100);
    offer(former, [objectId()], 1_000);
    await refresh(former);
    await expect(record()).resolves.toMatchObject({ coverage_percentage: 10 });
  });
});
