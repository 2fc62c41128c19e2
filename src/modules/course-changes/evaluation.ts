/** The walk over a changed course's learners that this process is at. */
export interface Evaluation {
  courseId: string;
  structureVersion: number;
  /** The last learner that was evaluated; empty before the first. */
  after: string;
  /** Says that it is ours: another claim, and another change of the structure, end it. */
  leaseToken: string;
}
