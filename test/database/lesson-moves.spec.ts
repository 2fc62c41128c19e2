import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BackgroundJobs } from '../../src/common/background/background-jobs.service.js';
import { CourseProxy } from '../../src/modules/course-catalog/proxy/course.proxy.js';
import { ErasureFacade } from '../../src/modules/privacy/facade/erasure.facade.js';
import type { ProgressChange } from '../../src/modules/user-progress/changes/progress-change.js';
import { ReconcileFacade } from '../../src/modules/user-progress/write/reconcile.facade.js';
import { WriteQueue } from '../../src/modules/user-progress/write/write-queue.service.js';
import { objectId, userId } from '../builders/ids.ts';
import { storedOtherwise } from '../support/recount.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let service: TestApp;
let pool: pg.Pool;
/** A learner, two courses and two lessons of their own for each test. */
let learner: string;
let former: string;
let latter: string;
let lesson: string;
let another: string;

beforeAll(async () => {
  // Courses are evaluated when a test says so.
  service = await startTestApp({
    catalogue: false,
    environment: { COURSE_EVALUATION_POLL_MS: '600000', COURSE_SHRINK_CONFIRM_SECONDS: '0' },
  });
  ({ pool } = service.database);
});
beforeEach(async () => {
  await pool.query(
    'TRUNCATE course, course_evaluation, course_progress, user_progress, certificate CASCADE',
  );
  [former, latter, lesson, another] = [objectId(), objectId(), objectId(), objectId()];
  learner = userId();
});
afterAll(() => service.close());

const of = <Type>(type: abstract new (...args: never[]) => Type): Type =>
  service.app.get(type, { strict: false });
const submit = (change: ProgressChange) => of(WriteQueue).submit(change);

async function store(courseId: string, lessonIds: string[] | null, total = 0): Promise<void> {
  const lessons = lessonIds?.map((lessonId, position) => ({
    lessonId,
    ...{ sectionId: null, title: null, position, durationSeconds: null },
  }));
  const course = { courseId, title: null, instructorId: null, isActive: true };
  await of(CourseProxy).save(
    { ...course, totalLectures: total, lessons: lessons ?? null },
    new Date(),
  );
}
/** Evaluates every course, as far as a walk that begins now may. */
const walk = () => of(BackgroundJobs).runNow('course-evaluation');
/** Evaluates every course to the end, as it would be done when every transaction of before is over. */
async function evaluate(): Promise<void> {
  await pool.query(`UPDATE course_evaluation
    SET structure_changed_at = structure_changed_at - interval '1 hour', lease_ends_at = now()`);
  await pool.query(`UPDATE unreconciled_lesson SET known_at = known_at - interval '1 hour'`);
  await walk();
  const { rows } = await pool.query(`SELECT course_id FROM course_evaluation`);
  expect(rows).toEqual([]);
}
const key = () => ({ userId: learner, lessonId: lesson });
const create = (courseId: string, lessonId = lesson, completed = true) =>
  submit({
    ...{ kind: 'create', userId: learner, lessonId, courseId, completed },
    ...{ watchTimeSeconds: 7, durationSeconds: null },
  });
const home = async (of = lesson): Promise<string> =>
  (await pool.query(`SELECT course_id FROM user_progress WHERE lesson_id = $1`, [of])).rows[0]
    .course_id;
const rollup = async (courseId: string) =>
  (
    await pool.query(
      `SELECT lessons_started AS started, listed_completed AS counting, completed_at IS NOT NULL AS completed
       FROM course_progress WHERE user_id = $1 AND course_id = $2`,
      [learner, courseId],
    )
  ).rows[0];
async function expectExact(): Promise<void> {
  await expect(storedOtherwise(pool)).resolves.toEqual([]);
  await expect(rollupDifferences(service.app)).resolves.toEqual([]);
}

describe('a transaction that had not seen that a course has the lesson now', () => {
  it.each([
    ['completes', `completed = true, completed_at = now()`, 1, 0],
    ['reopens', `completed = false, completed_at = NULL`, -1, 1],
    ['deletes', `deleted_at = now()`, -1, 1],
  ])('%s it, and the course is counted with that', async (_, change, delta, before) => {
    await store(former, [lesson]);
    await store(latter, [another]);
    await create(former, lesson, before === 1);
    await create(latter, another);
    await evaluate();
    const late = await pool.connect();
    try {
      await late.query('BEGIN');
      await late.query(
        `UPDATE user_progress SET ${change}, updated_at = now() WHERE user_id = $1 AND lesson_id = $2`,
        [learner, lesson],
      );
      await late.query(
        `UPDATE course_progress SET lessons_completed = lessons_completed + $3,
           listed_completed = listed_completed + $3, lessons_started = lessons_started - $4,
           watch_time_seconds = watch_time_seconds - 7 * $4::int
         WHERE user_id = $1 AND course_id = $2`,
        [learner, former, delta, change.startsWith('deleted') ? 1 : 0],
      );
      await store(latter, [another, lesson]);
      await walk();
      expect(await rollup(latter)).toMatchObject({ counting: before + 1 });
      await late.query('COMMIT');
    } finally {
      late.release();
    }
    await evaluate();
    expect(await rollup(latter)).toMatchObject({ counting: before + 1 + delta });
  });
});

describe('a record is brought home', () => {
  it('that was adopted before its course listed any lessons', async () => {
    await store(former, null, 2);
    await store(latter, [lesson]);
    await create(former);
    await evaluate();
    expect(await home()).toBe(former);
    await store(former, [another]);
    await evaluate();
    expect(await home()).toBe(latter);
    await expectExact();
  });

  it('although its learner has been counted by the new structure meanwhile', async () => {
    await store(former, [lesson, another]);
    await store(latter, [lesson]);
    await create(former);
    await create(former, another, false);
    await evaluate();
    await store(former, [another]);
    await submit({ kind: 'set', userId: learner, lessonId: another, completed: true });
    expect(await rollup(former)).toMatchObject({ counting: 1, completed: true });
    await evaluate();
    expect(await home()).toBe(latter);
    await expectExact();
  });

  it('when a process creates it that still knows the former course', async () => {
    await store(former, [another]);
    await store(latter, [lesson]);
    await evaluate();
    await create(former);
    expect(await home()).toBe(latter);
    await expectExact();
  });

  it('when its creation is refused because it exists', async () => {
    await store(former, [lesson]);
    await create(former);
    await store(latter, [lesson]);
    await store(former, [another]);
    await expect(create(latter)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await home()).toBe(latter);
    await evaluate();
    await expectExact();
  });

  it('to the course that its learner has begun, else to the one with the smallest id', async () => {
    const third = objectId();
    const [smallest, largest] = [latter, third].sort() as [string, string];
    await store(former, [lesson]);
    await create(former);
    for (const course of [smallest, largest]) await store(course, [lesson, another]);
    await create(largest, another);
    await store(former, []);
    await evaluate();
    expect(await home()).toBe(largest);

    [learner, lesson] = [userId(), objectId()];
    await store(former, [lesson]);
    await create(former);
    for (const course of [smallest, largest]) await store(course, [lesson]);
    await store(former, []);
    await evaluate();
    expect(await home()).toBe(smallest);
    await expectExact();
  });
});

it('a learner who begins a course before it is evaluated has what was completed elsewhere counted at once', async () => {
  await store(former, [lesson]);
  await create(former);
  await evaluate();
  await store(latter, [lesson, another]);
  await create(latter, another);
  expect(await rollup(latter)).toEqual({ started: 1, counting: 2, completed: true });
  await evaluate();
  await expectExact();
});

it('no rollup comes back for a learner who is erased while a walk is at the record', async () => {
  await store(former, [lesson]);
  await create(former);
  await store(latter, [lesson]);
  const reconciling = of(ReconcileFacade);
  const beginning = { lessonId: '', recordId: '00000000-0000-0000-0000-000000000000' };
  const { keys } = await reconciling.nextRecords(latter, beginning, 10);
  expect(keys).toEqual([key()]);
  await of(ErasureFacade).erase(learner);
  await reconciling.reconcile(keys);
  expect(await rollup(latter)).toBeUndefined();
});

it('beats of both courses lose no second while the lesson moves from one to the other and back', async () => {
  await store(former, [lesson, another]);
  await store(latter, [another]);
  await create(former, lesson, false);
  const lists = [[lesson, another], [another]];
  const beats = Array.from({ length: 60 }, (_, n) => n).map(async (n) => {
    if (n % 10 === 0) {
      const [ours, theirs] = n % 20 === 0 ? [lists[1]!, lists[0]!] : [lists[0]!, lists[1]!];
      await store(former, ours);
      await store(latter, theirs);
      await walk();
    }
    const { beats: outcomes } = await submit({
      ...{ kind: 'recordWatch', ...key(), courseId: n % 2 === 0 ? former : latter },
      ...{ sessionId: 'player', elsewhere: { lostBy: null } },
      beats: [
        {
          seq: n,
          from: n * 5,
          to: n * 5 + 5,
          rate: 1,
          at: new Date(Date.now() - 3_600_000 + n * 10_000),
        },
      ],
    });
    return outcomes![0]!.result;
  });
  expect(new Set(await Promise.all(beats))).toEqual(new Set(['COUNTED']));
  await evaluate();
  const { rows } = await pool.query(
    `SELECT watch_time_seconds AS seconds, unique_seconds AS seen FROM user_progress WHERE lesson_id = $1`,
    [lesson],
  );
  expect(rows).toEqual([{ seconds: 307, seen: 300 }]);
  await expectExact();
});
