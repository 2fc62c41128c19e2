import { integer } from './kinds.js';

/** A learner's data: its end. */
export const PERSONAL_DATA = {
  /** How long after an erasure its learner's rows are looked for again: longer than any write can be under way. */
  ERASURE_SETTLE_SECONDS: integer(60, 1, 86_400),
};
