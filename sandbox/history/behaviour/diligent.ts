import { DAY_SECONDS, dayOf } from './calendar.ts';
import type { Play, Sitting } from './sitting.ts';
import type { StudiedCourse, StudiedLesson } from './studied-course.ts';

/** Days of learning that end yesterday, and an earlier stretch, in days before today. */
const STREAKS = [
  { from: 33, to: 23 },
  { from: 7, to: 1 },
];
/** In the evening, a little later each day. */
const BEGINS_AT = 18.5 * 3_600;
const LATER_SECONDS = 173;

/** How much of the last lesson is seen. */
const LAST_SEEN = 0.6;

/**
 * What somebody does who never misses a day: a lesson each, course by course, until yesterday. Today is free, and the
 * last lesson is not seen to its end: whoever signs in goes on with the streak, and where they were.
 */
export function diligentHistory(courses: readonly StudiedCourse[], endsAt: number): Sitting[] {
  const lessons = courses.flatMap(({ courseId, lessons }) =>
    lessons.map((lesson) => ({ courseId, lesson })),
  );
  const days = STREAKS.flatMap(({ from, to }) =>
    Array.from({ length: from - to + 1 }, (_, index) => dayOf(endsAt) - from + index),
  );
  const learned = lessons.slice(0, days.length);
  return learned.map(({ courseId, lesson }, index) => {
    const { lessonId, durationSeconds } = lesson;
    const isLast = index === learned.length - 1;
    return {
      ...{ courseId, lessonId, durationSeconds, rate: 1 },
      at: days[index]! * DAY_SECONDS + BEGINS_AT + LATER_SECONDS * (index % 7),
      plays: isLast ? [{ from: 0, to: Math.round(LAST_SEEN * durationSeconds) }] : allOf(lesson),
    };
  });
}

/** From beginning to end, and what is hard again. */
const allOf = ({ durationSeconds, hard }: StudiedLesson): Play[] => [
  { from: 0, to: durationSeconds },
  ...(hard ? [{ from: hard[0], to: hard[1] }] : []),
];
