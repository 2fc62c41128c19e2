/** What is known of a lesson's learners. */
export interface LessonReach {
  lessonId: string;
  title: string | null;
  started: number;
  /** Learners who were last active in it, at least 14 days ago, and have not completed the course. */
  stopped: number;
}

/** A lesson must have been started by such a share of the course's learners. */
const STARTERS_SHARE = 0.05;

/**
 * Of the course's lessons (former ones are not among them), the one in which the largest share of its
 * starters stopped; of equal shares, the one with more learners.
 * @param minimum how many learners must have started it
 * @returns null when there is no such lesson
 */
export function worstDropOff<Lesson extends LessonReach>(
  lessons: readonly Lesson[],
  { learners, minimum }: { learners: number; minimum: number },
): Lesson | null {
  const starters = Math.max(minimum, STARTERS_SHARE * learners);
  const eligible = lessons.filter(({ started, stopped }) => started >= starters && stopped > 0);
  return eligible.reduce<Lesson | null>(
    (worst, lesson) => (worst === null || isWorse(lesson, worst) ? lesson : worst),
    null,
  );
}

/** By cross multiplication: quotients of equal shares may differ in their last bit. */
function isWorse(one: LessonReach, other: LessonReach): boolean {
  const difference = one.stopped * other.started - other.stopped * one.started;
  return difference > 0 || (difference === 0 && one.stopped > other.stopped);
}
