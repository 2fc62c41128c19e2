import { named } from '../../../../common/database/placement/named.js';

/**
 * When a completed lesson counts, and when a course is complete: here for SQL, in `changes/completion.ts` for
 * TypeScript, and nowhere else. `test/database/completion.spec.ts` compares the two.
 *
 * Each function builds SQL from the given SQL. For a course that was never stored, all its columns are null: nothing
 * counts, and nothing is complete.
 */

/**
 * What counts for a course, by whether it lists its lessons (the alias `course` has that column): `listed`, of the
 * lessons in its list, or `atHome`, of the records whose home it is. Both may be conditions or numbers.
 */
export const countsFor = (course: string, listed: string, atHome: string): string =>
  `CASE ${course}.lessons_listed WHEN true THEN ${listed} WHEN false THEN ${atHome} END`;

/**
 * When the live completed records of learner `userId` that count for the course `course` (an alias with `course_id` and
 * `lessons_listed`) were completed: rows of `completed_at`. By key: a course has fewer lessons than a learner may have
 * records. `userIds`: all learners of the statement, to name them.
 */
export const countedRecords = (course: string, userId: string, userIds?: string): string => `
  SELECT u.completed_at
  FROM course_lesson l
  JOIN user_progress u ON u.user_id = ${userId} AND u.lesson_id = l.lesson_id
  WHERE ${countsFor(course, 'true', 'false')} AND l.course_id = ${course}.course_id
    AND u.completed AND u.deleted_at IS NULL${ofLearners(userIds)}
  UNION ALL
  SELECT u.completed_at
  FROM user_progress u
  WHERE ${countsFor(course, 'false', 'true')} AND u.user_id = ${userId} AND u.course_id = ${course}.course_id
    AND u.completed AND u.deleted_at IS NULL${ofLearners(userIds)}`;

function ofLearners(userIds: string | undefined): string {
  return userIds === undefined ? '' : ` AND ${named('u', userIds)}`;
}

/** Whether a completed record `u` counts for a course with the lessons in an array; null when they are not listed. */
export const lessonCountsAmong = (lessonIds: string, courseId: string): string =>
  `CASE WHEN ${lessonIds} IS NULL THEN u.course_id = ${courseId} ELSE u.lesson_id = ANY (${lessonIds}) END`;

/** Whether a record of the lesson may be at home in the course: it lists the lesson, or lists none. */
export const mayBeHome = (courseId: string, lessonId: string): string => `
  EXISTS (
    SELECT FROM course c
    WHERE c.course_id = ${courseId} AND ${countsFor(
      'c',
      `EXISTS (SELECT FROM course_lesson l WHERE l.course_id = c.course_id AND l.lesson_id = ${lessonId})`,
      'true',
    )})`;

/** Whether a course with `total` lessons is complete with `counted` completed ones. Without lessons it is not. */
export const courseIsComplete = (counted: string, total: string): string =>
  `(${total} > 0 AND ${counted} >= ${total})`;
