import type { SandboxCourse } from '../../sandbox/catalogue.ts';

/** The course, with other lessons in its only section. */
export function withLessons(course: SandboxCourse, lessonIds: readonly string[]): SandboxCourse {
  const lessons = lessonIds.map((_id) => ({ _id, title: `Lesson ${_id}`, durationSeconds: 600 }));
  return { ...course, sections: [{ ...course.sections![0]!, lessons }] };
}

/** The course as a service sends it that lists no lessons, only their number. */
export function withoutSections(course: SandboxCourse, totalLectures: number): SandboxCourse {
  const unlisted = { ...course, totalLectures };
  delete unlisted.sections;
  return unlisted;
}
