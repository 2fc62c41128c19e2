import { INT_MAXIMUM } from '../../../common/graphql/int.js';

/** The columns that hold seconds are of type `integer`. */
export const SECONDS_MAXIMUM = INT_MAXIMUM;
/** The most seconds that one call, or one beat, can add: a day. */
export const SECONDS_PER_CALL_MAXIMUM = 86_400;
export const BEATS_PER_CALL_MAXIMUM = 500;
/** Stretches of a lesson that a record keeps, at most. Each costs whoever reads or writes the record. */
export const LESSON_FRAGMENTS_MAXIMUM = 400;
/** Stretches of numbers that a session keeps, at most. No real player leaves so many gaps. */
export const SESSION_FRAGMENTS_MAXIMUM = 1_000;
/** Stretches that an hour of a learner's clock keeps, at most; then it is kept in steps of so many seconds. */
export const HOUR_FRAGMENTS_MAXIMUM = 400;
export const HOUR_STEP_SECONDS = 15;
export const PLAYBACK_RATE_MINIMUM = 0.1;
export const PLAYBACK_RATE_MAXIMUM = 16;
