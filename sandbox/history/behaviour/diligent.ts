import { DAY_SECONDS, dayOf } from './calendar.ts';
import type { Sitting } from './sitting.ts';
import type { StudiedCourse } from './studied-course.ts';

/** Days of learning that end yesterday, and an earlier stretch, in days before today. */
const STREAKS = [
  { from: 33, to: 23 },
  { from: 7, to: 1 },
];
/** In the evening, a little later each day. */
const BEGINS_AT = 18.5 * 3_600;
const LATER_SECONDS = 173;

/**
 * What somebody does who never misses a day: a lesson each, course by course, until yesterday. Today is free, so that
 * whoever signs in goes on with the streak.
 */
export function diligentHistory(courses: readonly StudiedCourse[], endsAt: number): Sitting[] {
  const lessons = courses.flatMap(({ courseId, lessons }) =>
    lessons.map((lesson) => ({ courseId, lesson })),
  );
  const days = STREAKS.flatMap(({ from, to }) =>
    Array.from({ length: from - to + 1 }, (_, index) => dayOf(endsAt) - from + index),
  );
  return days.slice(0, lessons.length).map((day, index) => {
    const { courseId, lesson } = lessons[index]!;
    const { lessonId, durationSeconds, hard } = lesson;
    const again = hard ? [{ from: hard[0], to: hard[1] }] : [];
    return {
      ...{ courseId, lessonId, durationSeconds, rate: 1 },
      at: day * DAY_SECONDS + BEGINS_AT + LATER_SECONDS * (index % 7),
      plays: [{ from: 0, to: durationSeconds }, ...again],
    };
  });
}
