import { daysBetween, type CalendarDay } from '../../../../common/calendar-day.js';

export interface Streaks {
  /** Consecutive active days that end today or yesterday; 0 if neither was active. */
  current: number;
  /** The most consecutive active days. */
  longest: number;
}

/** @param days on which the learner was active, in order, each once */
export function streaksOf(days: readonly CalendarDay[], today: CalendarDay): Streaks {
  let [run, longest] = [0, 0];
  for (const [index, day] of days.entries()) {
    const before = days[index - 1];
    run = before !== undefined && daysBetween(before, day) === 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  const last = days.at(-1);
  const goesOn = last !== undefined && daysBetween(last, today) <= 1;
  return { current: goesOn ? run : 0, longest };
}
