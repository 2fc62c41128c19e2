import type { TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestDatabase,
  objectId,
  startModules,
  waitFor,
  type TestDatabase,
} from '../../../../test/for-specs.ts';
import { CourseShrinkProxy } from '../../course-catalog/proxy/course-shrink.proxy.js';
import { CourseProxy } from '../../course-catalog/proxy/course.proxy.js';
import type { Evaluation } from '../evaluation.js';
import { CourseEvaluationProxy } from './course-evaluation.proxy.js';
import { advanceEvaluation } from './sql/advance-evaluation.js';

const LEASE_SECONDS = 60;
let database: TestDatabase;
let modules: TestingModule;
let proxy: CourseEvaluationProxy;
let courses: CourseProxy;

beforeAll(async () => {
  database = await createTestDatabase();
  modules = await startModules(
    {
      database,
      nats: { url: 'nats://127.0.0.1:1' },
      environment: {
        DB_STATEMENT_TIMEOUT_MS: '20000',
        DB_LOCK_TIMEOUT_MS: '20000',
        COURSE_SHRINK_CONFIRM_SECONDS: '0',
      },
      imports: [
        { module: class {}, providers: [CourseEvaluationProxy, CourseProxy, CourseShrinkProxy] },
      ],
    },
    { connected: false },
  );
  proxy = modules.get(CourseEvaluationProxy, { strict: false });
  courses = modules.get(CourseProxy, { strict: false });
});
beforeEach(() =>
  database.pool.query('TRUNCATE course, course_evaluation, course_progress CASCADE'),
);
afterAll(async () => {
  await modules.close();
  await database.drop();
});

/** Stores a course with that many lessons. A second call changes its structure. */
async function store(courseId: string, lessons: number, title = 'A course'): Promise<void> {
  await courses.save(
    {
      courseId,
      title,
      instructorId: null,
      isActive: true,
      totalLectures: lessons,
      lessons: Array.from({ length: lessons }, (_, position) => {
        const lessonId = `lesson${position}`;
        return { lessonId, sectionId: null, title: null, position, durationSeconds: null };
      }),
    },
    new Date(),
  );
}
const learn = (courseId: string, userIds: string[], structureVersion = 0) =>
  database.pool.query(
    `INSERT INTO course_progress (user_id, course_id, structure_version) SELECT u, $2, $3 FROM unnest($1::text[]) AS u`,
    [userIds, courseId, structureVersion],
  );
const claim = () => proxy.claim(LEASE_SECONDS);
async function claimed(): Promise<Evaluation> {
  const evaluation = await claim();
  expect(evaluation).not.toBeNull();
  return evaluation!;
}
const endLeases = () =>
  database.pool.query(
    `UPDATE course_evaluation SET lease_ends_at = now() WHERE lease_ends_at IS NOT NULL`,
  );

async function sessions(condition: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${condition}`,
  );
  return rows[0]!.count;
}
const lockWaiters = () => sessions(`wait_event_type = 'Lock'`);
const lockHolders = () => sessions(`state LIKE 'idle in transaction%'`);

describe('a changed course', () => {
  it('is claimed by one process, from its first learner on', async () => {
    const courseId = objectId();
    await store(courseId, 2);
    const claims = await Promise.all([claim(), claim(), claim()]);
    expect(claims.filter((each) => each !== null)).toMatchObject([
      { courseId, structureVersion: 1, after: '' },
    ]);
    await expect(proxy.pending()).resolves.toBe(1);
  });

  it('leaves other courses to other processes', async () => {
    const ids = [objectId(), objectId()];
    for (const courseId of ids) await store(courseId, 2);
    const claims = [await claimed(), await claimed()];
    expect(claims.map(({ courseId }) => courseId).sort()).toEqual(ids.sort());
    await expect(claim()).resolves.toBeNull();
  });

  it('is taken up where a killed process left it, when the lease ends', async () => {
    await store(objectId(), 2);
    await proxy.advance(await claimed(), 'u3', LEASE_SECONDS);
    await expect(claim()).resolves.toBeNull();
    await endLeases();
    await expect(claimed()).resolves.toMatchObject({ after: 'u3' });
  });

  it('is not advanced by a process that lost the lease', async () => {
    await store(objectId(), 2);
    const late = await claimed();
    await endLeases();
    const holder = await claimed();
    await expect(proxy.advance(late, 'u9', LEASE_SECONDS)).resolves.toBeNull();
    await expect(proxy.endWalk(late, 0)).resolves.toBe(false);
    await proxy.release(late);
    await expect(proxy.advance(holder, 'u1', LEASE_SECONDS)).resolves.toMatchObject({
      after: 'u1',
    });
  });

  it('that a killed process was at is taken up from its last commit, not from what it had begun', async () => {
    await store(objectId(), 2);
    const held = (await proxy.advance(await claimed(), 'u3', LEASE_SECONDS))!;
    const killed = await database.pool.connect();
    await killed.query('BEGIN');
    const values = [held.courseId, held.leaseToken, 'u7', LEASE_SECONDS];
    const { rowCount } = await killed.query(advanceEvaluation.text, values);
    expect(rowCount).toBe(1);
    killed.release(true);
    await waitFor(async () => (await lockHolders()) === 0, { message: 'its transaction is gone' });
    await endLeases();
    await expect(claimed()).resolves.toMatchObject({ after: 'u3' });
  });

  it('of which only the title changes is not evaluated again', async () => {
    const courseId = objectId();
    await store(courseId, 2);
    await proxy.endWalk(await claimed(), 0);
    await store(courseId, 2, 'Another title');
    await expect(proxy.pending()).resolves.toBe(0);
  });

  it('that changes once more is begun again, and the process at work notices', async () => {
    const courseId = objectId();
    await store(courseId, 2);
    const before = (await proxy.advance(await claimed(), 'u5', LEASE_SECONDS))!;
    await store(courseId, 3);
    await expect(proxy.advance(before, 'u6', LEASE_SECONDS)).resolves.toBeNull();
    await expect(claimed()).resolves.toMatchObject({ courseId, structureVersion: 2, after: '' });
  });

  it('that changes once more after the last batch is not over', async () => {
    const courseId = objectId();
    await store(courseId, 2);
    const before = (await proxy.advance(await claimed(), 'u9', LEASE_SECONDS))!;
    await store(courseId, 3);
    await expect(proxy.endWalk(before, 0)).resolves.toBe(false);
    await proxy.release(before);
    const again = await claimed();
    expect(again).toMatchObject({ courseId, structureVersion: 2, after: '' });
    await expect(proxy.endWalk(again, 0)).resolves.toBe(true);
    await expect(proxy.pending()).resolves.toBe(0);
  });

  it.each<[string, (held: Evaluation) => Promise<unknown>, unknown]>([
    ['goes on', (held) => proxy.advance(held, 'u6', LEASE_SECONDS), null],
    ['ends', (held) => proxy.endWalk(held, 0), false],
  ])('that is being changed while its walk %s is begun again', async (_, work, lost) => {
    const courseId = objectId();
    await store(courseId, 2);
    const held = await claimed();
    const change = await database.pool.connect();
    await change.query('BEGIN');
    await change.query(`UPDATE course SET structure_version = structure_version + 1`);
    const working = work(held);
    await waitFor(async () => (await lockWaiters()) === 1, { message: 'it waits for the change' });
    await change.query('COMMIT');
    change.release();
    await expect(working).resolves.toBe(lost);
    await expect(claimed()).resolves.toMatchObject({ courseId, structureVersion: 2, after: '' });
  });

  it('whose change is rolled back keeps its walk', async () => {
    await store(objectId(), 2);
    const held = await claimed();
    const change = await database.pool.connect();
    await change.query('BEGIN');
    await change.query(`UPDATE course SET structure_version = structure_version + 1`);
    await change.query('ROLLBACK');
    change.release();
    await expect(proxy.advance(held, 'u1', LEASE_SECONDS)).resolves.not.toBeNull();
  });

  it('that is released lets those that waited longer go first', async () => {
    const [long, short] = [objectId(), objectId()];
    await store(long, 2);
    const first = await claimed();
    await store(short, 2);
    await proxy.release(first);
    await expect(claimed()).resolves.toMatchObject({ courseId: short });
    await expect(claimed()).resolves.toMatchObject({ courseId: long });
  });
});

describe('a walk', () => {
  it('meets, in order, the learners whose rollup is of another structure', async () => {
    const courseId = objectId();
    await store(courseId, 2);
    await learn(courseId, ['u1', 'u3', 'u5']);
    await learn(courseId, ['u2', 'u4'], 1);
    await learn(objectId(), ['u6']);
    const evaluation = await claimed();
    await expect(proxy.nextLearners(evaluation, 2, 0)).resolves.toEqual({
      stale: ['u1', 'u3'],
      after: 'u3',
      last: false,
    });
    await expect(proxy.nextLearners({ ...evaluation, after: 'u3' }, 2, 0)).resolves.toEqual({
      stale: ['u5'],
      after: 'u5',
      last: true,
    });
    await expect(proxy.nextLearners({ ...evaluation, after: 'u5' }, 2, 0)).resolves.toEqual({
      stale: [],
      after: 'u5',
      last: true,
    });
  });

  it('looks no further than a few times as far as it may recount', async () => {
    await store('long', 2);
    const done = Array.from({ length: 9 }, (_, n) => `u${n}`);
    await learn('long', done, 1);
    await learn('long', ['u9']);
    const evaluation = await claimed();
    const first = await proxy.nextLearners(evaluation, 1, 0);
    expect(first).toEqual({ stale: [], after: 'u3', last: false });
    const second = await proxy.nextLearners({ ...evaluation, after: 'u7' }, 1, 0);
    expect(second).toEqual({ stale: ['u9'], after: 'u9', last: false });
  });

  it('that began long enough after the change ends the evaluation', async () => {
    await store(objectId(), 2);
    await expect(proxy.endWalk(await claimed(), 0)).resolves.toBe(true);
    await expect(proxy.pending()).resolves.toBe(0);
    await expect(claim()).resolves.toBeNull();
  });

  it('that began sooner is followed by another, for learners who joined behind its back', async () => {
    await store(objectId(), 2);
    const first = await claimed();
    await expect(proxy.endWalk(first, 60)).resolves.toBe(false);
    await expect(claim()).resolves.toBeNull();
    await database.pool.query(`
      UPDATE course_evaluation SET structure_changed_at = structure_changed_at - interval '1 minute',
                                   lease_ends_at = lease_ends_at - interval '1 minute'`);
    await database.pool.query(
      `UPDATE unreconciled_lesson SET known_at = known_at - interval '1 minute'`,
    );
    const second = await claimed();
    expect(second.after).toBe('');
    await expect(proxy.endWalk(second, 60)).resolves.toBe(true);
  });
});

describe('courses of unknown structure', () => {
  it('are found when they were last asked for long ago', async () => {
    const [unknown, counted, fresh] = [objectId(), objectId(), objectId()];
    await database.pool.query(
      `INSERT INTO course (course_id, lessons_listed, lessons_total, fetched_at) VALUES
         ($1, false, 0, now() - interval '1 hour'), ($2, false, 4, now() - interval '1 hour'), ($3, false, 0, now())`,
      [unknown, counted, fresh],
    );
    await expect(proxy.unknownStructures(60, 10)).resolves.toEqual([unknown]);
  });
});

describe('courses that nobody reads', () => {
  it('are found when they were last asked for long ago, whatever is known of them', async () => {
    const [old, fresh] = [objectId(), objectId()];
    await database.pool.query(
      `INSERT INTO course (course_id, lessons_listed, lessons_total, fetched_at) VALUES
         ($1, true, 4, now() - interval '3 days'), ($2, true, 4, now() - interval '1 hour')`,
      [old, fresh],
    );
    await expect(proxy.unseenCourses(2 * 86_400, 10)).resolves.toEqual([old]);
  });
});
