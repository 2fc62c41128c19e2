import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxCourse } from '../../sandbox/catalogue.ts';
import { objectId } from '../builders/ids.ts';
import {
  certificateStatus,
  courseProgress,
  refusal,
  study,
  succeed,
  untilCertificate,
} from '../support/learning.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { TwoCourses } from '../support/two-courses.ts';

const CREATE = `mutation ($input: CreateUserProgressInput!) {
  createUserProgress(createUserProgressInput: $input) { success } }`;
const REOPEN = `mutation ($id: String!) {
  updateUserProgress(updateUserProgressInput: { id: $id, completed: false }) { success } }`;
const WATCH = `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { success } }`;
const STATISTICS = `query ($userId: String!) { getUserProgressStats(userId: $userId) {
  data { total_courses_enrolled total_lessons_completed total_watch_time_seconds } } }`;

let stage: TwoCourses;

beforeAll(async () => {
  stage = await TwoCourses.open();
});
beforeEach(() => stage.begin());
afterAll(() => stage.service.close());

describe('a lesson in two courses', () => {
  it('counts in both, whichever it was completed in, and both earn their certificates', async () => {
    const [own, other] = [objectId(), objectId()];
    stage.offer(stage.former, [own, stage.lesson]);
    stage.offer(stage.latter, [stage.lesson, other]);
    await stage.refresh(stage.latter);
    await study(stage.administrator, stage.keyOf(stage.former), [own, stage.lesson]);
    await untilCertificate(stage.administrator, stage.keyOf(stage.former), 'ISSUED');
    await expect(
      courseProgress(stage.administrator, stage.keyOf(stage.latter)),
    ).resolves.toMatchObject({
      completed_lessons: 1,
      progress_percentage: 50,
    });
    await expect(
      certificateStatus(stage.administrator, stage.keyOf(stage.latter)),
    ).resolves.toMatchObject({
      missing_lessons: 1,
      blockers: [{ lessonId: other }],
    });

    await study(stage.administrator, stage.keyOf(stage.latter), [other]);
    await untilCertificate(stage.administrator, stage.keyOf(stage.latter), 'ISSUED');
    await expect(rollupDifferences(stage.service.app)).resolves.toEqual([]);
  });

  it('counts in a course that becomes known after it was completed, and may complete it', async () => {
    stage.offer(stage.former, [stage.lesson, objectId()]);
    stage.offer(stage.latter, [stage.lesson]);
    await study(stage.administrator, stage.keyOf(stage.former), [stage.lesson]);
    await stage.refresh(stage.latter);
    await untilCertificate(stage.administrator, stage.keyOf(stage.latter), 'ISSUED');
    const statistics = await succeed(stage.administrator, STATISTICS, { userId: stage.learner });
    expect(statistics.data).toMatchObject({
      total_courses_enrolled: 1,
      total_lessons_completed: 1,
    });
  });

  it('keeps one record, which may be watched from either', async () => {
    stage.offer(stage.former, [stage.lesson], 1_000);
    stage.offer(stage.latter, [stage.lesson, objectId()], 1_000);
    await stage.watch(stage.former, 0, 100);
    const { data, beats } = await stage.watch(stage.latter, 100, 200);
    expect(beats).toEqual([{ result: 'COUNTED', creditedSeconds: 100 }]);
    expect(data).toMatchObject({ courseId: stage.former._id, watch_time_seconds: 200 });
    const input = { ...stage.keyOf(stage.latter), lessonId: stage.lesson };
    await expect(refusal(stage.administrator, CREATE, { input })).resolves.toBe('CONFLICT');
    await stage.watch(stage.latter, 200, 900);
    await untilCertificate(stage.administrator, stage.keyOf(stage.former), 'ISSUED');
    await stage.untilPercentage(stage.latter, 50);
  });

  it('that is reopened is missing in both', async () => {
    stage.offer(stage.former, [stage.lesson, objectId()]);
    stage.offer(stage.latter, [stage.lesson, objectId()]);
    await stage.refresh(stage.latter);
    await study(stage.administrator, stage.keyOf(stage.former), [stage.lesson]);
    await stage.untilPercentage(stage.latter, 50);
    await succeed(stage.administrator, REOPEN, { id: (await stage.record()).id });
    for (const course of [stage.former, stage.latter]) {
      await expect(courseProgress(stage.administrator, stage.keyOf(course))).resolves.toMatchObject(
        {
          completed_lessons: 0,
        },
      );
    }
  });
});

describe('a lesson that moves to another course', () => {
  const move = async (from: SandboxCourse, to: SandboxCourse) => {
    stage.offer(from, [objectId()], 1_000);
    stage.offer(to, [stage.lesson], 1_000);
  };
  beforeEach(async () => {
    await move(stage.latter, stage.former);
    await stage.watch(stage.former, 0, 100);
  });

  it.each(['the former course first', 'the latter course first'])(
    'takes what was watched along: %s',
    async (order) => {
      await move(stage.former, stage.latter);
      const [first, second] = order.startsWith('the former')
        ? [stage.former, stage.latter]
        : [stage.latter, stage.former];
      await stage.refresh(first);
      await stage.refresh(second);
      await stage.untilAtHome(stage.latter);
      await expect(stage.record()).resolves.toMatchObject({
        watch_time_seconds: 100,
        coverage_percentage: 10,
      });
      await stage.watch(stage.latter, 100, 900);
      await untilCertificate(stage.administrator, stage.keyOf(stage.latter), 'ISSUED');
      await expect(
        certificateStatus(stage.administrator, stage.keyOf(stage.former)),
      ).resolves.toMatchObject({
        status: 'NOT_EARNED',
      });
      const statistics = await succeed(stage.administrator, STATISTICS, { userId: stage.learner });
      expect(statistics.data).toMatchObject({
        total_courses_enrolled: 1,
        total_watch_time_seconds: 900,
      });
    },
  );

  it('is followed at once by a player that names its new course', async () => {
    await move(stage.former, stage.latter);
    await stage.refresh(stage.former);
    const { data } = await stage.watch(stage.latter, 100, 200);
    expect(data).toMatchObject({ courseId: stage.latter._id, watch_time_seconds: 200 });
  });

  it('loses no second of a player that still has the former course open', async () => {
    await move(stage.former, stage.latter);
    await stage.refresh(stage.former);
    await stage.refresh(stage.latter);
    await stage.untilAtHome(stage.latter);
    const { data, beats } = await stage.watch(stage.former, 100, 200);
    expect(beats).toEqual([{ result: 'COUNTED', creditedSeconds: 100 }]);
    expect(data).toMatchObject({ courseId: stage.latter._id, watch_time_seconds: 200 });
  });

  it('comes back with everything', async () => {
    await move(stage.former, stage.latter);
    await stage.refresh(stage.former);
    await stage.refresh(stage.latter);
    await stage.watch(stage.latter, 100, 900);
    await untilCertificate(stage.administrator, stage.keyOf(stage.latter), 'ISSUED');
    await move(stage.latter, stage.former);
    await stage.refresh(stage.latter);
    await stage.refresh(stage.former);
    await stage.untilAtHome(stage.former);
    await untilCertificate(stage.administrator, stage.keyOf(stage.former), 'ISSUED');
    await expect(stage.record()).resolves.toMatchObject({
      completed: true,
      watch_time_seconds: 900,
    });
  });

  it('is not counted for a course that never had it', async () => {
    const input = { ...stage.keyOf(stage.latter), lessonId: stage.lesson, sessionId: 'stray' };
    const beats = [{ seq: 0, from: 0, to: 10, at: new Date(Date.now() - 60_000).toISOString() }];
    await expect(refusal(stage.administrator, WATCH, { input: { ...input, beats } })).resolves.toBe(
      'BAD_USER_INPUT',
    );
  });
});
