import type { RecordPosition } from '../user-progress/proxy/reconcile.proxy.js';

/** This process's current walk: first over the records of a course's changed lessons, then over its learners. */
export interface Evaluation {
  courseId: string;
  structureVersion: number;
  /** When the walk began, as PostgreSQL writes it: to the microsecond. */
  begunAt: string;
  /** The last record of a changed lesson that was reconciled; null when all are. */
  records: RecordPosition | null;
  /** The last learner that was evaluated; empty before the first. */
  after: string;
  /** Proves that the walk is ours. Another claim, or another change of the structure, invalidates it. */
  leaseToken: string;
}
