import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objectId } from '../builders/ids.ts';
import { refusal, untilCertificate } from '../support/learning.ts';
import { startTestApp } from '../support/test-app.ts';
import { administratorOf, TwoCourses } from '../support/two-courses.ts';

const COMPLETE = `mutation ($userId: String!, $lessonId: String!) {
  markLessonAsCompleted(userId: $userId, lessonId: $lessonId) { success } }`;

let stage: TwoCourses;

beforeAll(async () => {
  stage = await TwoCourses.open();
});
beforeEach(() => stage.begin());
afterAll(() => stage.service.close());

describe('courses without lists', () => {
  beforeEach(() => {
    stage.service.peers!.courses.hideSections = true;
  });
  afterEach(() => {
    stage.service.peers!.courses.hideSections = false;
  });

  it('let the learner follow a lesson that one of them has lost to the other', async () => {
    stage.offer(stage.former, [stage.lesson], 1_000);
    await stage.watch(stage.former, 0, 100);
    stage.offer(stage.former, [objectId()], 1_000);
    stage.offer(stage.latter, [stage.lesson], 1_000);
    // The process that was asked first remembers for a while where the lesson was.
    const { database, nats } = stage.service;
    const environment = { COURSE_SHRINK_CONFIRM_SECONDS: '0' };
    const another = await startTestApp({ database, nats, catalogue: false, environment });
    try {
      const client = await administratorOf(another);
      const { data } = await stage.watch(stage.latter, 100, 900, client);
      expect(data).toMatchObject({ courseId: stage.latter._id, watch_time_seconds: 900 });
      await untilCertificate(client, stage.keyOf(stage.latter), 'ISSUED');
    } finally {
      await another.close();
    }
  });

  it('tell every beat the length of a lesson, not only the first', async () => {
    stage.offer(stage.former, [stage.lesson], 300);
    await stage.watch(stage.former, 0, 50);
    const { data, beats } = await stage.watch(stage.former, 5_000, 5_010);
    expect(beats).not.toMatchObject([{ result: 'COUNTED' }]);
    expect(data).toMatchObject({ coverage_percentage: 16.67 });
    const key = { userId: stage.learner, lessonId: stage.lesson };
    await expect(refusal(stage.administrator, COMPLETE, key)).resolves.toBe('BAD_USER_INPUT');
    for (let from = 50; from < 300; from += 50) await stage.watch(stage.former, from, from + 50);
    await expect(stage.record()).resolves.toMatchObject({ completed: true });
    await untilCertificate(stage.administrator, stage.keyOf(stage.former), 'ISSUED');
  });

  it('tell the length of a lesson whose record was begun when it was not known', async () => {
    stage.offer(stage.former, [stage.lesson], 300);
    await stage.service.database.pool.query(
      `WITH known AS (INSERT INTO course (course_id, lessons_listed, lessons_total) VALUES ($2, false, 1)),
            rollup AS (INSERT INTO course_progress (user_id, course_id, lessons_started) VALUES ($1, $2, 1))
       INSERT INTO user_progress (user_id, lesson_id, course_id, watched, unique_seconds)
       VALUES ($1, $3, $2, '{[0,290)}', 290)`,
      [stage.learner, stage.former._id, stage.lesson],
    );
    await stage.watch(stage.former, 0, 10);
    await untilCertificate(stage.administrator, stage.keyOf(stage.former), 'ISSUED');
  });
});

describe('the length of a lesson', () => {
  it.each([
    ['becomes known', null, 600],
    ['is cut to what was seen', 5_000, 600],
  ])('that %s completes the lesson for those who have seen it', async (_, before, after) => {
    stage.offer(stage.former, [stage.lesson], before);
    await stage.watch(stage.former, 0, 600);
    await expect(stage.record()).resolves.toMatchObject({ completed: false });
    stage.offer(stage.former, [stage.lesson], after);
    await stage.refresh(stage.former);
    await untilCertificate(stage.administrator, stage.keyOf(stage.former), 'ISSUED');
    await expect(stage.record()).resolves.toMatchObject({
      completed: true,
      coverage_percentage: 100,
    });
  });

  it('stays known when the course drops the lesson', async () => {
    stage.offer(stage.former, [stage.lesson, objectId()], 1_000);
    await stage.watch(stage.former, 0, 100);
    stage.offer(stage.former, [objectId()], 1_000);
    await stage.refresh(stage.former);
    await expect(stage.record()).resolves.toMatchObject({ coverage_percentage: 10 });
  });
});
