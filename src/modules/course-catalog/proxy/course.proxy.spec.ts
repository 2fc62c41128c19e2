import type { TestingModule } from '@nestjs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, startModules, type TestDatabase } from '../../../../test/for-specs.ts';
import { CourseCatalogModule } from '../course-catalog.module.js';
import type { CourseReply } from '../course-reply.js';
import { CourseProxy } from './course.proxy.js';

let database: TestDatabase;
let modules: TestingModule;
let proxy: CourseProxy;

beforeAll(async () => {
  database = await createTestDatabase();
  modules = await startModules(
    {
      nats: { url: 'nats://127.0.0.1:1' },
      database,
      imports: [CourseCatalogModule],
      environment: { COURSE_SHRINK_CONFIRM_SECONDS: '0' },
    },
    { connected: false },
  );
  proxy = modules.get(CourseProxy);
});
afterAll(async () => {
  await modules.close();
  await database.drop();
});
beforeEach(async () => {
  await database.pool.query('TRUNCATE course CASCADE');
});

function reply(lessonIds: string[] | null, changes: Partial<CourseReply> = {}): CourseReply {
  const lessons = lessonIds?.map((lessonId, index) => ({
    lessonId,
    sectionId: 's1',
    title: lessonId,
    position: index + 1,
    durationSeconds: 60,
  }));
  return {
    courseId: 'c1',
    title: 'T',
    instructorId: 'i1',
    isActive: true,
    lessons: lessons ?? null,
    totalLectures: null,
    ...changes,
  };
}

let clock = Date.parse('2026-01-01T00:00:00Z');
const save = (course: CourseReply) => proxy.save(course, new Date((clock += 1_000)));
const stored = async () => {
  const { course, lessons } = (await proxy.find('c1'))!;
  return { ...course, lessonIds: lessons.map((lesson) => lesson.lessonId) };
};

describe('CourseProxy', () => {
  it('knows nothing of a course that was never saved', async () => {
    await expect(proxy.find('c1')).resolves.toBeNull();
  });

  it('gives back what was saved', async () => {
    await expect(save(reply(['l1', 'l2']))).resolves.toBe(true);
    await expect(proxy.find('c1')).resolves.toEqual({
      course: {
        courseId: 'c1',
        title: 'T',
        instructorId: 'i1',
        structureVersion: 1,
        lessonsListed: true,
        lessonsTotal: 2,
        lessonsWaiting: 0,
        nextLookAt: null,
        fetchedAt: new Date(clock),
      },
      lessons: reply(['l1', 'l2']).lessons,
      ageMs: expect.any(Number),
    });
  });

  it('keeps the version when only titles, durations or the order change', async () => {
    await save(reply(['l1', 'l2']));
    await expect(save(reply(['l2', 'l1'], { title: 'New' }))).resolves.toBe(false);
    await expect(stored()).resolves.toMatchObject({
      title: 'New',
      structureVersion: 1,
      lessonIds: ['l2', 'l1'],
      fetchedAt: new Date(clock),
    });
  });

  it('counts a version for lessons that come, go, or are exchanged', async () => {
    await save(reply(['l1', 'l2']));
    await expect(save(reply(['l1', 'l2', 'l3']))).resolves.toBe(true);
    await expect(save(reply(['l1', 'l4', 'l3']))).resolves.toBe(true);
    await expect(save(reply([]))).resolves.toBe(true);
    await expect(stored()).resolves.toMatchObject({
      structureVersion: 4,
      lessonsTotal: 0,
      lessonIds: [],
    });
  });

  it('counts a version for another total where lessons are not listed', async () => {
    await save(reply(null, { totalLectures: 4 }));
    await expect(save(reply(null, { totalLectures: 4 }))).resolves.toBe(false);
    await expect(save(reply(null))).resolves.toBe(false);
    await expect(save(reply(null, { totalLectures: 5 }))).resolves.toBe(true);
    await expect(stored()).resolves.toMatchObject({
      structureVersion: 2,
      lessonsListed: false,
      lessonsTotal: 5,
    });
  });

  it('counts a version when a list appears, even an empty one, and never gives a list up', async () => {
    await save(reply(null, { totalLectures: 1 }));
    await expect(save(reply([]))).resolves.toBe(true);
    await save(reply(['l1', 'l2']));
    await expect(save(reply(null, { totalLectures: 1 }))).resolves.toBe(false);
    await expect(stored()).resolves.toMatchObject({
      structureVersion: 3,
      lessonsListed: true,
      lessonsTotal: 2,
      lessonIds: ['l1', 'l2'],
    });
  });

  it('does not let an earlier answer replace a later one', async () => {
    await save(reply(['l1', 'l2']));
    await expect(proxy.save(reply(['l1']), new Date(clock - 1))).resolves.toBe(false);
    await expect(stored()).resolves.toMatchObject({ structureVersion: 1, lessonIds: ['l1', 'l2'] });
  });

  it('counts one version when many save the same change at once', async () => {
    await save(reply(['l1']));
    const changed = await Promise.all(Array.from({ length: 8 }, () => save(reply(['l1', 'l2']))));
    expect(changed.filter(Boolean)).toHaveLength(1);
    await expect(stored()).resolves.toMatchObject({ structureVersion: 2, lessonsTotal: 2 });
  });

  it('counts one version when many save a new course at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => save(reply(['l1', 'l2']))));
    await expect(stored()).resolves.toMatchObject({ structureVersion: 1, lessonIds: ['l1', 'l2'] });
  });
});
