/*
 * What the lists of figures cost, whatever they hold: about as much as so many objects. How long they are depends on the
 * course, not on the request.
 */

/** Lessons of a course: up to `LESSONS_MAXIMUM`. */
export const LESSONS_COST = 200;
/** Days of a period: up to `PERIOD_DAYS_MAXIMUM`. */
export const DAYS_COST = 100;
/** Weeks of enrolment: those of a period. */
export const COHORTS_COST = 60;
/** Days that learners took: up to `DAYS_SHOWN_MAXIMUM`. */
export const HISTOGRAM_COST = 40;
/** `lessonAnalytics` of a whole lesson, all in all: a curve of up to a day of seconds, and what is found in it. */
export const LESSON_ANALYTICS_COST = 600;
/** The longest lesson. */
export const LESSON_SECONDS_MAXIMUM = 86_400;
/** `lessonAnalytics` of the first seconds of a lesson: its head, and one for each so many seconds. */
const LESSON_HEAD_COST = 24;
const SECONDS_A_UNIT = 150;
/** The courses of the platform, of which the first are shown. */
export const TOP_COURSES_COST = 60;
/** A learner's days. */
export const LEARNER_DAYS_COST = 40;
/** For each course of a page: its last weeks. */
export const WEEKS_COST = 3;
/** For each course of a page: its lessons, of which the worst is shown. */
export const DROP_OFF_COST = 3;

/** What `lessonAnalytics` costs: for the first seconds of a lesson less than for the whole. Invalid numbers cost that, too. */
export function lessonAnalyticsCost({ args }: { args: Record<string, unknown> }): number {
  const seconds = Number(args['firstSeconds'] ?? LESSON_SECONDS_MAXIMUM);
  if (!(seconds >= 1 && seconds < LESSON_SECONDS_MAXIMUM)) return LESSON_ANALYTICS_COST;
  return LESSON_HEAD_COST + Math.ceil(seconds / SECONDS_A_UNIT);
}
