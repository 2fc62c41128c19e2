/**
 * The data set of analytics as a formula, so that PostgreSQL makes tens of millions of rows in minutes, and right answers
 * are known. Numbers: learners `u`, courses `c`; course 0 is the large one, and lesson 0 in it takes three hours.
 *
 * A learner has ten records, two of each of five days: one day in the first of their courses, two days in each of two
 * others. The first course of the first learners is the large one. Days of the same learner are 31 days apart, so that
 * each of them counts in seven weekly and in thirty monthly numbers of active learners, whatever the others are.
 */
export const RECORDS_PER_LEARNER = 10;
export const COURSES = 5_000;
/** Ids are short, so that fifty million records need 25 GB and not 40. Each course has room for so many lessons. */
const LESSON_ROOM = 40;
export const LARGE_COURSE_LESSONS = 40;
export const COURSE_LESSONS = 20;
export const LONG_LESSON_SECONDS = 10_800;
export const LESSON_SECONDS = 1_200;
const LARGE_COURSE_LEARNERS_MAXIMUM = 1_000_000;
/** Whoever teaches the first courses, the large one among them. */
export const INSTRUCTOR = 'teacher';
export const TAUGHT = 25;
/** A learner with a day of activity for each of the last days, in course 1. */
export const DILIGENT = 'diligent';
export const DILIGENT_DAYS = 365;
/** Learners' days are known for so many days. */
export const DAYS_KNOWN = 399;

export const learnersOf = (records: number): number => records / RECORDS_PER_LEARNER;

/** Learners of the large course. */
export const largeCourseOf = (records: number): number =>
  Math.min(learnersOf(records), LARGE_COURSE_LEARNERS_MAXIMUM);

/** The day of the run, in UTC: a run that goes on behind midnight keeps it. */
export const TODAY = `DATE '${new Date().toISOString().slice(0, 10)}'`;

/** The ids, as SQL of a number that is SQL. */
export const userId = (u: string): string => `('u' || (1000000 + ${u}))`;
export const courseId = (c: string): string => `('c' || (1000 + ${c}))`;
export const lessonId = (c: string, lesson: string): string =>
  `('l' || (100000 + (${c}) * ${LESSON_ROOM} + ${lesson}))`;

export const LARGE_COURSE = 'c1000';
export const LONG_LESSON = 'l100000';

/** Course `g` (0, 1, 2) of learner `u`; $large learners are in the large course. */
export const courseOf = (u: string, g: string, large: number): string =>
  `(CASE WHEN ${g} = 0 AND ${u} < ${large} THEN 0
         ELSE 1 + (${u}::bigint * 7919 + ${g} * 1667) % ${COURSES - 1} END)::int`;

/** How many days ago learner `u` was active on their day `s` (0 to 4): two records each. */
export const daysAgo = (u: string, s: string): string =>
  `((${u} % 180) + 31 * (CASE ${s} WHEN 0 THEN 0 WHEN 1 THEN 2 WHEN 2 THEN 1 WHEN 3 THEN 4 ELSE 3 END))`;

/** The lesson in its course of record `k` (0 to 9) of learner `u`. */
export const lessonOf = (u: string, k: string, large: number): string =>
  `(CASE WHEN ${k} >= 2 THEN (${k} - 2) % 4 * 5 + ${u} % 5
         WHEN ${u} >= ${large} THEN ${k} * 10 + ${u} % 10
         WHEN ${k} = 0 THEN 0 ELSE 1 + (${u} / 180) % ${LARGE_COURSE_LESSONS - 1} END)`;

/** Whether record `k` is of the lesson of three hours. */
const isLong = (u: string, k: string, large: number): string => `(${k} = 0 AND ${u} < ${large})`;

/** Seconds that are seen, from the beginning: to any second of the long lesson, to full minutes of others. */
export const seenOf = (u: string, k: string, large: number): string =>
  `(CASE WHEN ${isLong(u, k, large)} THEN 1 + (${u}::bigint * 7919) % ${LONG_LESSON_SECONDS}
         ELSE 60 * (1 + (${u} * 7 + ${k} * 13) % 19) END)::int`;

/** Seconds of the long lesson that every fifth learner saw twice, up to the last one that they saw. */
export const seenAgainOf = (u: string, k: string, large: number): string =>
  `(CASE WHEN ${isLong(u, k, large)} AND ${u} % 5 = 0 THEN least(30, ${seenOf(u, k, large)}) ELSE 0 END)`;

export const isCompleted = (u: string, k: string): string => `((${u} + ${k}) % 3 <> 0)`;

/** Whether learner `u` completed their course `g`, and how many days before their first day in it they enrolled. */
export const hasCompletedCourse = (u: string, g: string): string => `((${u} + ${g}) % 4 = 0)`;
export const enrolledBefore = (u: string): string => `(${u} / 7 % 60)`;
/** The first and the last day in course `g`. */
export const firstDay = (g: string): string => `(CASE ${g} WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 3 END)`;
export const lastDay = (g: string): string => `(CASE ${g} WHEN 0 THEN 0 WHEN 1 THEN 2 ELSE 4 END)`;
