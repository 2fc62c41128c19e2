/**
 * The data set, as a formula. A `pair` is a learner in a course. Every learner is in the large course, with a record in
 * its lesson of three hours and one in another lesson; up to five other courses of each learner have ten records. So more
 * records are more of what nobody asks for, except that the large course has fewer learners below five million records.
 */
export const COURSES = 2_000;
export const LONG_LESSON_SECONDS = 10_800;
export const LESSON_SECONDS = 1_200;
export const LARGE_COURSE_LESSONS = 20;
/** Lessons of another course: each of its learners has begun all of them. */
export const COURSE_LESSONS = 10;
/** Pairs are spread over so many days, which end yesterday. */
export const DAYS = 364;

const LEARNERS_MAXIMUM = 1_000_000;
const FIRST_NUMBER = 10_000_000;
const USER_PREFIX = '01JBENCH0000000000';
const COURSE_PREFIX = '65f0be0c00000000';
const LESSON_PREFIX = '65f0be1e00000000';

/** Who teaches the large course and the 99 next to it; the others have another one. */
export const TEACHER = '01JBENCHTEACHER';
export const TAUGHT = 100;

/** Learners of the large course: all learners. */
export const learnersOf = (rows: number): number => Math.min(LEARNERS_MAXIMUM, rows / 5);

/** Learners in other courses. */
export const otherPairsOf = (rows: number): number =>
  (rows - 2 * learnersOf(rows)) / COURSE_LESSONS;

const id =
  (prefix: string) =>
  (number: number): string =>
    `${prefix}${FIRST_NUMBER + number}`;

export const userId = id(USER_PREFIX);
export const LARGE_COURSE = id(COURSE_PREFIX)(0);
export const LONG_LESSON = id(LESSON_PREFIX)(0);

const idSql =
  (prefix: string) =>
  (number: string): string =>
    `'${prefix}' || (${FIRST_NUMBER} + ${number})`;

/** The same ids in SQL, from a number in SQL. */
export const userSql = idSql(USER_PREFIX);
export const courseSql = idSql(COURSE_PREFIX);
export const lessonSql = (course: string, lesson: string): string =>
  idSql(LESSON_PREFIX)(`${course} * ${LARGE_COURSE_LESSONS} + ${lesson}`);
