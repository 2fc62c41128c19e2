import { dayOf, suits } from './calendar.ts';
import type { Random } from './random.ts';
import type { StudiedCourse } from './studied-course.ts';

/** How many learners of a course that had a pilot took part in it, and how many weeks ago it was. */
const PILOT_SHARE = 0.05;
const PILOT_WEEKS = [14, 15];

/** Weeks that a history has, with the pilots. */
export const WEEKS = 16;

export interface Enrolment {
  course: StudiedCourse;
  /** Days since 1970. */
  day: number;
}

/** In which course a learner enrols, and on which day before `endsAt` (seconds since 1970). */
export function enrol(
  courses: readonly StudiedCourse[],
  endsAt: number,
  random: Random,
): Enrolment {
  const course = random.weighted(courses, ({ popularity }) => popularity);
  const isPilot = course.hadPilot && random.chance(PILOT_SHARE);
  const weeksAgo = isPilot
    ? PILOT_WEEKS[random.between(0, PILOT_WEEKS.length - 1)]!
    : random.weighted([...course.weeks.keys()], (week) => course.weeks[week]!);
  for (;;) {
    const day = dayOf(endsAt) - weeksAgo * 7 - random.between(0, 6);
    if (suits(day, random)) return { course, day };
  }
}
