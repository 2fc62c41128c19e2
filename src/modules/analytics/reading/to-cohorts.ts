import { addDays, type CalendarDay } from '../../../common/calendar-day.js';
import type { Cohort as ShownCohort } from './dtos/cohort.dto.js';
import { completedWithin, type Cohort } from './figures/cohorts.js';
import type { Period } from './figures/period.js';

/** The cohorts with a day in the period, as the API shows them. */
export const toCohorts = (
  cohorts: readonly Cohort[],
  { from, to }: Period,
  today: CalendarDay,
): ShownCohort[] =>
  cohorts
    .filter(({ week, lastWeek }) => week <= to && from <= addDays(lastWeek, 6))
    .map((cohort) => ({
      week: cohort.week,
      last_week: cohort.lastWeek,
      learners: cohort.learners,
      within: completedWithin(cohort, today),
    }));
