import type { TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestDatabase,
  objectId,
  startModules,
  type TestDatabase,
} from '../../../../test/for-specs.ts';
import { CourseShrinkProxy } from '../../course-catalog/proxy/course-shrink.proxy.js';
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

/** Stores a course with that many lessons. */
async function store(courseId: string, lessons: number): Promise<void> {
  await courses.save(
    {
      courseId,
      title: null,
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

describe('a course with unreconciled lessons', () => {
  const measure = (courseId: string, seconds: number) =>
    database.pool.query(`UPDATE course_lesson SET duration_seconds = $2 WHERE course_id = $1`, [
      courseId,
      seconds,
    ]);
  const evaluated = async (): Promise<string> => {
    const courseId = objectId();
    await store(courseId, 2);
    await proxy.endWalk(await claimed(), 0);
    await expect(claim()).resolves.toBeNull();
    return courseId;
  };

  it.each([
    ['became known', 600, 600],
    ['became shorter', 600, 500],
  ])('is evaluated when their length %s', async (_, before, after) => {
    const courseId = await evaluated();
    await measure(courseId, before);
    if (after !== before) {
      await proxy.endWalk(await claimed(), 0);
      await measure(courseId, after);
    }
    await expect(claimed()).resolves.toMatchObject({ courseId, structureVersion: 1, after: '' });
  });

  it('is not evaluated when they became longer', async () => {
    const courseId = await evaluated();
    await measure(courseId, 600);
    await proxy.endWalk(await claimed(), 0);
    await measure(courseId, 700);
    await expect(claim()).resolves.toBeNull();
  });

  it('is claimed although a process of the version before has ended its evaluation', async () => {
    const courseId = objectId();
    await store(courseId, 2);
    await database.pool.query('DELETE FROM course_evaluation');
    await proxy.requestMissing();
    await expect(claimed()).resolves.toMatchObject({ courseId });
  });

  it('is begun again when a lesson changes during the walk', async () => {
    const courseId = await evaluated();
    await measure(courseId, 600);
    const walk = await claimed();
    await measure(courseId, 500);
    await expect(proxy.endWalk(walk, 0)).resolves.toBe(false);
    await expect(proxy.endWalk(await claimed(), 0)).resolves.toBe(true);
    await expect(proxy.pending()).resolves.toBe(0);
  });

  it('is taken up at the record where a killed process left it', async () => {
    await store(objectId(), 2);
    const position = { lessonId: 'lesson1', recordId: '00000000-0000-7000-8000-000000000001' };
    await proxy.advanceRecords(await claimed(), position, LEASE_SECONDS);
    await endLeases();
    const again = await claimed();
    expect(again.records).toEqual(position);
    await proxy.advance(again, 'u1', LEASE_SECONDS);
    await endLeases();
    await expect(claimed()).resolves.toMatchObject({ records: null, after: 'u1' });
  });
});
