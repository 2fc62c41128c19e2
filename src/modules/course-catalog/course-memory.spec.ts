import { expect, it } from 'vitest';
import { edgeEnvironment } from '../../../test/for-specs.ts';
import { CourseMemory } from './course-memory.js';

it('courses of any size are remembered in bounded space, those used last', () => {
  const memory = new CourseMemory(edgeEnvironment());
  const lessons = Array.from({ length: 5_000 }, (_, position) => ({
    lessonId: `lesson-${position}`,
    sectionId: null,
    title: null,
    position,
    durationSeconds: 600,
  }));
  const ids = Array.from({ length: 100 }, (_, index) => `course-${index}`);
  for (const courseId of ids) {
    memory.put({
      course: {
        courseId,
        title: null,
        instructorId: null,
        structureVersion: 1,
        lessonsListed: true,
        lessonsTotal: lessons.length,
        fetchedAt: new Date(),
        lessonsWaiting: 0,
        nextLookAt: null,
      },
      lessons,
      ageMs: 0,
    });
  }
  const remembered = ids.filter((courseId) => memory.get(courseId));
  expect(remembered.length).toBeGreaterThan(30);
  expect(remembered.length).toBeLessThanOrEqual(40);
  expect(remembered.at(-1)).toBe('course-99');
});
