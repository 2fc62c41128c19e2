import type { SandboxCourse } from '../../sandbox/catalogue.ts';

/** The course, with other lessons in its only section. */
export function withLessons(course: SandboxCourse, lessonIds: readonly string[]): SandboxCourse {
  const lessons = lessonIds.map((_id) => ({ _id, title: `Lesson ${_id}`, durationSeconds: 600 }));
  return { ...course, sections: [{ ...course.sections![0]!, lessons }] };
}
