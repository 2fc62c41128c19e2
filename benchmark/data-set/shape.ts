/**
 * The data set, as a formula: a row's contents are derived from its number. So PostgreSQL makes millions of rows in
 * seconds, and the client can compute every right answer.
 *
 * Every learner has begun ten of twenty lessons in each of five courses; four of the ten are completed, never the
 * first. A learner's records are scattered over the table, as if created over time.
 */
export const RECORDS_PER_USER = 50;
export const COURSES_PER_USER = 5;
export const STARTED_PER_COURSE = 10;
export const COMPLETED_PER_COURSE = 4;
export const LESSONS_PER_COURSE = 20;
export const COURSES = 2_000;
export const LESSON_SECONDS = 1_200;

/** Learners who watch at the same time, each in the first lesson of their first course. */
export const ACTIVE_MAXIMUM = 3_000;

/** Ids of 26 and 24 characters that end in eight digits, so that pgbench can make them from an integer. */
export const USER_PREFIX = '01JBENCH0000000000';
export const COURSE_PREFIX = '65f0be0c00000000';
export const LESSON_PREFIX = '65f0be1e00000000';
export const FIRST_NUMBER = 10_000_000;

export const usersOf = (rows: number): number => rows / RECORDS_PER_USER;

export interface Learner {
  userId: string;
  /** The course, and the lesson in it, that is being watched. */
  courseId: string;
  lessonId: string;
  /** Seconds watched so far: in the lesson, in its course, in all courses. */
  lessonSeconds: number;
  courseSeconds: number;
  totalSeconds: number;
}

/** The record that an active learner watches: the first one. */
export const FIRST_RECORD = (): number => 0;

/** Another record, in another part of the table than the next learner's. */
export const ANY_OTHER_RECORD = (user: number): number => 1 + (user % (RECORDS_PER_USER - 1));

/** The distance between two active learners in the table. */
export function activeLearners(rows: number): { count: number; stride: number } {
  const users = usersOf(rows);
  const count = Math.min(ACTIVE_MAXIMUM, users);
  return { count, stride: Math.floor(users / count) };
}

/** `watching`: the number of the record that is being watched, from 0 to 49. */
export function learner(user: number, watching: number): Learner {
  const slot = Math.floor(watching / STARTED_PER_COURSE);
  const course = courseOf(user, slot);
  const lesson = course * LESSONS_PER_COURSE + (watching % STARTED_PER_COURSE);
  let courseSeconds = 0;
  let totalSeconds = 0;
  for (let record = 0; record < RECORDS_PER_USER; record += 1) {
    const seconds = watchedSeconds(user, record);
    totalSeconds += seconds;
    if (Math.floor(record / STARTED_PER_COURSE) === slot) courseSeconds += seconds;
  }
  return {
    userId: `${USER_PREFIX}${FIRST_NUMBER + user}`,
    courseId: `${COURSE_PREFIX}${FIRST_NUMBER + course}`,
    lessonId: `${LESSON_PREFIX}${FIRST_NUMBER + lesson}`,
    lessonSeconds: watchedSeconds(user, watching),
    courseSeconds,
    totalSeconds,
  };
}

/** The learner's lesson number `index`, below 50, of those that they have not begun. */
export function unbegun(user: number, index: number): { courseId: string; lessonId: string } {
  const course = courseOf(user, index % COURSES_PER_USER);
  const lesson = STARTED_PER_COURSE + Math.floor(index / COURSES_PER_USER);
  return {
    courseId: `${COURSE_PREFIX}${FIRST_NUMBER + course}`,
    lessonId: `${LESSON_PREFIX}${FIRST_NUMBER + course * LESSONS_PER_COURSE + lesson}`,
  };
}

const courseOf = (user: number, slot: number): number => (user * COURSES_PER_USER + slot) % COURSES;

/** Seconds watched in a learner's record. `record`: its number, from 0 to 49. */
function watchedSeconds(user: number, record: number): number {
  return isCompleted(record) ? LESSON_SECONDS : 60 + ((user * 7 + record * 13) % 500);
}

const isCompleted = (record: number): boolean => [2, 3, 7, 8].includes(record % STARTED_PER_COURSE);
