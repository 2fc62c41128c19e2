/**
 * When a completed lesson counts, and when a course is complete: here for SQL, in `changes/completion.ts` for
 * TypeScript, and nowhere else. `test/database/completion.spec.ts` compares the two.
 *
 * Each function builds an SQL condition from the given SQL. For a course that was never stored, all its columns are
 * null: nothing counts, and nothing is complete.
 */

/** Whether a completed lesson counts: the course lists it, or the course lists no lessons and only has their number. */
const counts = (lessonsListed: string, lessonIsListed: string): string =>
  `(${lessonsListed} IS FALSE OR ${lessonIsListed})`;

/** For a record with its course and lesson LEFT JOINed: by the aliases of `course` and `course_lesson`. */
export const lessonCounts = (course: string, lesson: string): string =>
  counts(`${course}.lessons_listed`, `${lesson}.lesson_id IS NOT NULL`);

/** For a record whose lesson is looked up by its key. `course` is an alias that has `lessons_listed`. */
export const lessonCountsByKey = (course: string, courseId: string, lessonId: string): string =>
  counts(
    `${course}.lessons_listed`,
    `EXISTS (SELECT 1 FROM course_lesson l WHERE l.course_id = ${courseId} AND l.lesson_id = ${lessonId})`,
  );

/** For a course whose lessons are in an array; null when they are not listed. */
export const lessonCountsAmong = (lessonIds: string, lessonId: string): string =>
  `(${lessonIds} IS NULL OR ${lessonId} = ANY (${lessonIds}))`;

/** Whether a course with `total` lessons is complete with `counted` completed ones. Without lessons it is not. */
export const courseIsComplete = (counted: string, total: string): string =>
  `(${total} > 0 AND ${counted} >= ${total})`;
