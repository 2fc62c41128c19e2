import { INT_MAXIMUM } from '../../../common/graphql/int.js';
import {
  PLAYBACK_RATE_MAXIMUM,
  PLAYBACK_RATE_MINIMUM,
  SECONDS_MAXIMUM,
  SECONDS_PER_CALL_MAXIMUM,
} from './limits.js';

interface BeatNumbers {
  seq: number;
  from: number;
  to: number;
  rate: number;
}

/**
 * Whether a beat's numbers are in their bounds: it ends no earlier than it begins, and spans at most a day, both of the
 * lesson and of the learner's own time. So no beat claims hours of the clock that were forgotten.
 */
export const isWellFormed = ({ seq, from, to, rate }: BeatNumbers): boolean =>
  // A session's ranges are half-open, so the sequence number plus one must also be an Int.
  isWithin(seq, 0, INT_MAXIMUM - 1) &&
  isWithin(from, 0, SECONDS_MAXIMUM) &&
  isWithin(to, from, Math.min(from + SECONDS_PER_CALL_MAXIMUM, SECONDS_MAXIMUM)) &&
  isWithin(rate, PLAYBACK_RATE_MINIMUM, PLAYBACK_RATE_MAXIMUM) &&
  (to - from) / rate <= SECONDS_PER_CALL_MAXIMUM;

/** False for NaN, too. */
const isWithin = (value: number, minimum: number, maximum: number): boolean =>
  value >= minimum && value <= maximum;
