import { describe, expect, it } from 'vitest';
import { SANDBOX } from './catalogue.ts';

describe('the seeded catalogue', () => {
  it('has ids of the forms that the platform has, each once', () => {
    const sections = SANDBOX.courses.flatMap((course) => course.sections ?? []);
    const lessons = sections.flatMap((section) => section.lessons);
    const objectIds = [...SANDBOX.courses, ...sections, ...lessons].map(({ _id }) => _id);
    const ulids = SANDBOX.users.map(({ id }) => id);
    expect(objectIds.filter((id) => !/^[0-9a-f]{24}$/.test(id))).toEqual([]);
    expect(ulids.filter((id) => !/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id))).toEqual([]);
    expect(new Set([...objectIds, ...ulids]).size).toBe(objectIds.length + ulids.length);
  });

  it('tells totals that agree with its lessons', () => {
    for (const course of SANDBOX.courses) {
      const lessons = course.sections?.flatMap((section) => section.lessons) ?? [];
      expect(course.totalLectures).toBe(lessons.length);
    }
    expect(SANDBOX.shortCourse.totalLectures).toBe(3);
  });
});
