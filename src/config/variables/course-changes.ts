import { integer } from './kinds.js';

/** The evaluation of learners when a course changes. */
export const COURSE_CHANGES = {
  /** How often courses whose structure changed are looked for, beside being told. */
  COURSE_EVALUATION_POLL_MS: integer(1_000, 20, 600_000),
  /** How long a killed process delays the evaluation of the course that it was at. */
  COURSE_EVALUATION_LEASE_SECONDS: integer(10, 1, 3_600),
  /** Lessons that a course service tells no more still count for so long, and until it is asked once more; 0: not at all. */
  COURSE_SHRINK_CONFIRM_SECONDS: integer(300, 0, 604_800),
  /** Learners evaluated in one transaction, at most; fewer while that takes long. */
  COURSE_EVALUATION_BATCH: integer(500, 1, 5_000),
};
