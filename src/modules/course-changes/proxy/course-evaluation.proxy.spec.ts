import type { TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objectId } from '../../../../test/builders/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { startModules } from '../../../../test/support/modules.ts';
import { CourseProxy } from '../../course-catalog/proxy/course.proxy.js';
import type { Evaluation } from '../evaluation.js';
import { CourseEvaluationProxy } from './course-evaluation.proxy.js';

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
      imports: [{ module: class {}, providers: [CourseEvaluationProxy, CourseProxy] }],
    },
    { connected: false },
  );
  proxy = modules.get(CourseEvaluationProxy, { strict: false });
  courses = modules.get(CourseProxy, { strict: false });
});
beforeEach(() => database.pool.query('TRUNCATE course, course_progress CASCADE'));
afterAll(async () => {
  await modules.close();
  await database.drop();
});

/** Stores a course with so many lessons; a second time, it changes. */
async function store(courseId: string, lessons: number): Promise<void> {
  await courses.save(
    {
      courseId,
      title: 'A course',
      instructorId: null,
      isActive: true,
      totalLectures: lessons,
      lessons: Array.from({ length: lessons }, (_, position) => ({
        lessonId: `lesson${position}`,
        sectionId: null,
        title: null,
        position,
        durationSeconds: null,
      })),
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
    `UPDATE course SET evaluation_lease = now() WHERE evaluation_lease IS NOT NULL`,
  );

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

  it('is no longer moved by who lost the lease', async () => {
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

  it('that changes once more is begun again, and who was at it finds out', async () => {
    const courseId = objectId();
    await store(courseId, 2);
    const before = (await proxy.advance(await claimed(), 'u5', LEASE_SECONDS))!;
    await store(courseId, 3);
    await expect(proxy.advance(before, 'u6', LEASE_SECONDS)).resolves.toBeNull();
    await expect(claimed()).resolves.toMatchObject({ courseId, structureVersion: 2, after: '' });
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
    await expect(proxy.nextLearners(evaluation, 2)).resolves.toEqual({
      stale: ['u1', 'u3'],
      after: 'u3',
      last: false,
    });
    await expect(proxy.nextLearners({ ...evaluation, after: 'u3' }, 2)).resolves.toEqual({
      stale: ['u5'],
      after: 'u5',
      last: true,
    });
    await expect(proxy.nextLearners({ ...evaluation, after: 'u5' }, 2)).resolves.toEqual({
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
    const first = await proxy.nextLearners(evaluation, 1);
    expect(first).toEqual({ stale: [], after: 'u3', last: false });
    const second = await proxy.nextLearners({ ...evaluation, after: 'u7' }, 1);
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
      UPDATE course SET structure_changed_at = structure_changed_at - interval '1 minute',
                        evaluation_lease = evaluation_lease - interval '1 minute'`);
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
