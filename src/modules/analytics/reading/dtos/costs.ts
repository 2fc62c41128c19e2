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
/** `lessonAnalytics`, all in all: a curve of up to a day of seconds, and what is found in it. */
export const LESSON_ANALYTICS_COST = 600;
/** The courses of the platform, of which the first are shown. */
export const TOP_COURSES_COST = 60;
/** A learner's days. */
export const LEARNER_DAYS_COST = 40;
/** For each course of a page: its last weeks. */
export const WEEKS_COST = 3;
/** For each course of a page: its lessons, of which the worst is shown. */
export const DROP_OFF_COST = 3;
