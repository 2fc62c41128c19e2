import { addDays, daysBetween } from '../../format/days.ts';

/**
 * First and last day of the latest streak of this length.
 * @param days active ones, in order; the streak may lie before them
 */
export function streakOf(
  length: number,
  days: readonly { day: string }[],
): { from: string; to: string } | null {
  let run = 0;
  let last: string | null = null;
  for (const [index, { day }] of days.entries()) {
    run = index > 0 && daysBetween(days[index - 1]!.day, day) === 1 ? run + 1 : 1;
    if (run === length) last = day;
  }
  return last === null ? null : { from: addDays(last, 1 - length), to: last };
}
