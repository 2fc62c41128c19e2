import { addDays, type CalendarDay } from '../../../../common/calendar-day.js';

/** For so many weeks after they enrolled, it is counted how many have completed. */
export const COHORT_WEEKS = [1, 2, 4, 8, 12] as const;

/** The learners who enrolled in a week. */
export interface EnrolledWeek {
  /** Its Monday. */
  week: CalendarDay;
  learners: number;
  /** How many completed within each of `COHORT_WEEKS`. */
  completed: readonly number[];
}

/** The learners who enrolled in one week, or in a few that are shown as one. */
export interface Cohort extends EnrolledWeek {
  /** The Monday of the last of these weeks. */
  lastWeek: CalendarDay;
}

/**
 * Joins weeks to their later neighbours until each cohort has `group` learners; what remains at the end is joined to the
 * one before. A week that is left out instead could be computed from the course's totals.
 * @param weeks all of the course, in order: if only some were joined, two requests for different ones would tell the
 *   others
 */
export function mergedCohorts(weeks: readonly EnrolledWeek[], group: number): Cohort[] {
  const cohorts: Cohort[] = [];
  let open: Cohort | null = null;
  for (const week of weeks.filter(({ learners }) => learners > 0)) {
    const one: Cohort = { ...week, lastWeek: week.week };
    open = open ? joined(open, one) : one;
    if (open.learners < group) continue;
    cohorts.push(open);
    open = null;
  }
  const last = cohorts.pop();
  if (!last) return [];
  return [...cohorts, open ? joined(last, open) : last];
}

/** How many completed within so many weeks of `COHORT_WEEKS`; null until these have passed for all of the cohort. */
export function completedWithin(
  { lastWeek, completed }: Cohort,
  today: CalendarDay,
): { weeks: number; learners: number | null }[] {
  return COHORT_WEEKS.map((weeks, index) => {
    const hasPassed = today >= addDays(lastWeek, 7 + 7 * weeks);
    return { weeks, learners: hasPassed ? completed[index]! : null };
  });
}

const joined = (one: Cohort, next: Cohort): Cohort => ({
  week: one.week,
  lastWeek: next.lastWeek,
  learners: one.learners + next.learners,
  completed: one.completed.map((learners, index) => learners + next.completed[index]!),
});
