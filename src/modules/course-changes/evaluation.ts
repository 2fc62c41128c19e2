/** The walk over a changed course's learners that this process is at. */
export interface Evaluation {
  courseId: string;
  structureVersion: number;
  /** The last learner that was evaluated; empty before the first. */
  after: string;
  /** Until when it is ours, to the microsecond: whoever took it since wrote another time. */
  lease: string;
}
