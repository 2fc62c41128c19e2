import type { Random } from './random.ts';

export const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/** How much is learned on a day of the week, Sunday first, in comparison with the best one. */
const BY_WEEKDAY = [1, 0.86, 0.9, 0.84, 0.72, 0.5, 0.68];
/** The same for the hours from midnight on: at lunch, and most in the evening. */
const BY_HOUR = [2, 1, 0, 0, 0, 1, 3, 5, 7, 8, 9, 9, 12, 11, 8, 8, 9, 11, 14, 19, 22, 18, 11, 5];
const HOURS = [...BY_HOUR.keys()];

/** Days since 1970: the first one was a Thursday. */
const weekdayOf = (day: number): number => (day + 4) % 7;

export const dayOf = (at: number): number => Math.floor(at / DAY_SECONDS);

/** Whether a day that was chosen without a look at the calendar is one to learn on. */
export const suits = (day: number, random: Random): boolean =>
  random.chance(BY_WEEKDAY[weekdayOf(day)]!);

/** A moment of that day, in seconds since 1970. */
export function momentOf(day: number, random: Random): number {
  const hour = random.weighted(HOURS, (one) => BY_HOUR[one]!);
  return day * DAY_SECONDS + hour * HOUR_SECONDS + random.between(0, HOUR_SECONDS - 1);
}
