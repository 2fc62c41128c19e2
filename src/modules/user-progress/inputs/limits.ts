/** The largest value of an Int, and of the columns that hold seconds. */
export const SECONDS_TOTAL_MAXIMUM = 2_147_483_647;
/** A call cannot add more than a day. */
export const SECONDS_PER_CALL_MAXIMUM = 86_400;
/** A page that would skip more than this is refused: a cursor does not slow down with depth. */
export const SKIP_MAXIMUM = 10_000;
export const BEATS_PER_CALL_MAXIMUM = 500;
export const PLAYBACK_RATE_MINIMUM = 0.1;
export const PLAYBACK_RATE_MAXIMUM = 16;
