/** The structure of a course, as far as counting needs it. */
interface CountedCourse {
  /** False where only the number of the lessons is known. */
  lessonsListed: boolean;
}

/**
 * Whether a completed lesson counts for its course (null: never stored). The statements count by the same rule in SQL
 * (`proxy/sql/completion.ts`); `test/database/completion.spec.ts` holds the two against each other.
 */
export function lessonCounts(course: CountedCourse | null, lessonIsListed: boolean): boolean {
  return course !== null && (!course.lessonsListed || lessonIsListed);
}

/** Whether nothing of `total` is missing. Nothing is never complete. In SQL: `courseIsComplete`. */
export const isComplete = (done: number, total: number): boolean => total > 0 && done >= total;
