import { flag, integer } from './kinds.js';

/**
 * Operations a minute, for one user and for one address: watch is what players send, write every other mutation.
 * Behind an address there may be a school; behind a proxy everybody is, unless TRUST_PROXY is set.
 */
export const RATE_LIMITS = {
  RATE_LIMIT_DISABLED: flag(false),
  RATE_LIMIT_WATCH_PER_USER: integer(600, 1, 10_000_000),
  RATE_LIMIT_WRITE_PER_USER: integer(300, 1, 10_000_000),
  RATE_LIMIT_READ_PER_USER: integer(1_200, 1, 10_000_000),
  RATE_LIMIT_WATCH_PER_ADDRESS: integer(60_000, 1, 100_000_000),
  RATE_LIMIT_WRITE_PER_ADDRESS: integer(30_000, 1, 100_000_000),
  RATE_LIMIT_READ_PER_ADDRESS: integer(60_000, 1, 100_000_000),
  /** What the requests of one user may cost in a second, in each process. Those beyond it wait, then are refused. */
  RATE_LIMIT_COST_PER_SECOND: integer(1_000, 10, 1_000_000),
  /** Requests a minute of one address, refused before they are read. */
  RATE_LIMIT_PER_ADDRESS: integer(60_000, 1, 100_000_000),
};
