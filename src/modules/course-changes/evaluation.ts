/** This process's current walk over a changed course's learners. */
export interface Evaluation {
  courseId: string;
  structureVersion: number;
  /** The last learner that was evaluated; empty before the first. */
  after: string;
  /** Proves that the walk is ours. Another claim, or another change of the structure, invalidates it. */
  leaseToken: string;
}
