import { course, SANDBOX, type SandboxCourse } from '../catalogue.ts';
import type { StudiedCourse } from './behaviour/studied-course.ts';
import { BREAD, LATTE_ART, NIGHT_SKY } from './outlines/home.ts';
import type { Outline } from './outlines/outline.ts';
import { COASTAL_NAVIGATION, WEATHER } from './outlines/sea.ts';

const OUTLINES: readonly Outline[] = [BREAD, LATTE_ART, WEATHER, COASTAL_NAVIGATION, NIGHT_SKY];

const [instructor] = SANDBOX.instructors;

/** The courses of the sandbox's instructor that have a history, as the course service tells them. */
export const PAST_COURSES: readonly SandboxCourse[] = OUTLINES.map(({ id, title, sections }) =>
  course(id, title, instructor!, sections),
);

/** The same courses, with how they are studied. */
export const STUDIED_COURSES: readonly StudiedCourse[] = OUTLINES.map((outline, index) => {
  const { id: courseId, popularity, weeks, hadPilot, sections } = outline;
  const moments = sections.flatMap(([, lessons]) => lessons.map((lesson) => lesson[2]));
  const lessons = PAST_COURSES[index]!.sections!.flatMap((section) => section.lessons);
  return {
    ...{ courseId, popularity, weeks, hadPilot },
    lessons: lessons.map(({ _id: lessonId, durationSeconds }, at) => ({
      ...{ lessonId, durationSeconds },
      ...moments[at],
    })),
  };
});
