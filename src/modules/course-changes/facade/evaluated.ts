import type { Evaluation } from '../evaluation.js';

/** What one batch of an evaluation did. */
export interface Evaluated {
  /** The evaluation to continue with; null when the lease was lost. */
  next: Evaluation | null;
  /** Whether these were the last learners. */
  last: boolean;
  /** How many learners were counted anew, or how many records reconciled. */
  recounted: number;
  completed: number;
  /** Whether the outbox has new entries. */
  outboxFilled: boolean;
}

export const LOST: Evaluated = {
  next: null,
  last: false,
  recounted: 0,
  completed: 0,
  outboxFilled: false,
};
