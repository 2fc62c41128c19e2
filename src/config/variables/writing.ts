import { integer } from './kinds.js';

/** How changes are committed together. */
export const WRITING = {
  WRITE_BATCH_MAX: integer(256, 1, 1_000),
  WRITE_QUEUE_MAX: integer(2_000, 1, 1_000_000),
  /** How long a change may wait for its batch before it is refused. */
  WRITE_QUEUE_WAIT_MS: integer(600, 10, 60_000),
};
