import { INT_MAXIMUM } from '../../../common/graphql/int.js';

/** The columns that hold seconds are of type `integer`. */
export const SECONDS_MAXIMUM = INT_MAXIMUM;
/** The most seconds that one call, or one beat, can add: a day. */
export const SECONDS_PER_CALL_MAXIMUM = 86_400;
export const BEATS_PER_CALL_MAXIMUM = 500;
export const PLAYBACK_RATE_MINIMUM = 0.1;
export const PLAYBACK_RATE_MAXIMUM = 16;
