/**
 * When a completed lesson counts, and when a course is complete: here for SQL, in `changes/completion.ts` for
 * TypeScript, and nowhere else. `test/database/completion.spec.ts` holds the two against each other.
 *
 * Each function makes an SQL condition of the SQL that it is given. Where the course was never stored, so that its
 * columns are null, nothing counts and nothing is complete.
 */

/** Whether a completed lesson counts: the course lists it, or lists none and says only how many it has. */
const counts = (lessonsListed: string, lessonIsListed: string): string =>
  `(${lessonsListed} IS FALSE OR ${lessonIsListed})`;

/** For a record whose course and lesson are joined to it, LEFT: by the aliases of `course` and `course_lesson`. */
export const lessonCounts = (course: string, lesson: string): string =>
  counts(`${course}.lessons_listed`, `${lesson}.lesson_id IS NOT NULL`);

/** For a record whose lesson is looked up by its key. `course` is an alias that has `lessons_listed`. */
export const lessonCountsByKey = (course: string, courseId: string, lessonId: string): string =>
  counts(
    `${course}.lessons_listed`,
    `EXISTS (SELECT 1 FROM course_lesson l WHERE l.course_id = ${courseId} AND l.lesson_id = ${lessonId})`,
  );

/** For a record of a course whose lessons are in an array, which is null where they are not listed. */
export const lessonCountsAmong = (lessonIds: string, lessonId: string): string =>
  `(${lessonIds} IS NULL OR ${lessonId} = ANY (${lessonIds}))`;

/** Whether a course with `total` lessons is complete when `counted` completed ones count. Without lessons it is not. */
export const courseIsComplete = (counted: string, total: string): string =>
  `(${total} > 0 AND ${counted} >= ${total})`;
