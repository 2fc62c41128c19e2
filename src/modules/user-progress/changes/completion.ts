/** The part of a course's structure that counting needs. */
interface CountedCourse {
  /** False when only the number of lessons is known. */
  lessonsListed: boolean;
}

/**
 * Whether a completed lesson counts for a course (null: never stored). A course that lists its lessons counts those, and
 * a course that does not counts those whose records are at home in it. Statements use the same rule in SQL
 * (`proxy/sql/completion.ts`); `test/database/completion.spec.ts` compares the two.
 */
export function lessonCounts(
  course: CountedCourse | null,
  lessonIsListed: boolean,
  isAtHome: boolean,
): boolean {
  return course !== null && (course.lessonsListed ? lessonIsListed : isAtHome);
}

/** Whether nothing of `total` is missing. A course without lessons is never complete. In SQL: `courseIsComplete`. */
export const isComplete = (done: number, total: number): boolean => total > 0 && done >= total;
