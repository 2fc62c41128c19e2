import type { EvidenceRules } from './credit-beat.js';
import { SECONDS_PER_CALL_MAXIMUM } from './limits.js';

/**
 * Covers whatever differs between two readings of the database's clock: a transaction that began before the cleanup and
 * ends after it, a clock that was set back, a standby that was promoted.
 */
const MARGIN_SECONDS = 86_400;

type Ages = Pick<EvidenceRules, 'maxAgeSeconds' | 'maxAheadSeconds'>;

/**
 * How long after its last change a session can still tell a repeat, in seconds. A counted beat was at most
 * `maxAheadSeconds` ahead. Later than `maxAgeSeconds` after its own time it is rejected as too old, so nobody needs to
 * know any more that it was counted.
 */
export const sessionKeptSeconds = ({ maxAgeSeconds, maxAheadSeconds }: Ages): number =>
  maxAgeSeconds + maxAheadSeconds + MARGIN_SECONDS;

/** How long after its end an hour of the clock can still be claimed, in seconds: the oldest beat may be a day long. */
export const hourKeptSeconds = ({ maxAgeSeconds }: Ages): number =>
  maxAgeSeconds + SECONDS_PER_CALL_MAXIMUM + MARGIN_SECONDS;
