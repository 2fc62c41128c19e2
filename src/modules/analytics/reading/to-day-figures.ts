import type { CalendarDay } from '../../../common/calendar-day.js';
import type { DayFigures, PeriodFigures, WholeDays } from './dtos/day-figures.dto.js';
import { periodBefore, withoutLast, type Period } from './figures/period.js';
import type { AnalysedDay } from './proxy/course-figures.proxy.js';

/** A day as the API shows it. Nothing is known of activity before `since`: 0 would be wrong. */
export function toDayFigures(day: AnalysedDay, since: CalendarDay): DayFigures {
  const known = <Value>(value: Value): Value | null => (day.day < since ? null : value);
  return {
    day: day.day,
    enrolled: day.enrolled,
    active: known(day.active),
    watch_time_seconds: known(day.watchSeconds),
    lessons_completed: known(day.lessonsCompleted),
    courses_completed: day.coursesCompleted,
    certificates_issued: day.certificates,
    weekly_active: known(day.weeklyActive),
    monthly_active: known(day.monthlyActive),
  };
}

/** @param days every day of the period, and perhaps others */
export function toPeriodFigures(
  { from, to }: Period,
  days: readonly AnalysedDay[],
  since: CalendarDay,
): PeriodFigures {
  const inside = daysOf({ from, to }, days);
  const sum = (figure: 'enrolled' | 'coursesCompleted' | 'watchSeconds'): number =>
    inside.reduce((total, day) => total + day[figure], 0);
  return {
    from,
    to,
    enrolled: sum('enrolled'),
    monthly_active: to < since ? null : (inside.at(-1)?.monthlyActive ?? null),
    courses_completed: sum('coursesCompleted'),
    watch_time_seconds: from < since ? null : sum('watchSeconds'),
  };
}

/**
 * Both periods without today and the day that it would be compared with: a day that is not over is no whole one.
 * @param days every day of both periods
 */
export function toWholeDays(
  period: Period,
  days: readonly AnalysedDay[],
  { today, since }: { today: CalendarDay; since: CalendarDay },
): WholeDays | null {
  const partial = period.to === today ? 1 : 0;
  const whole = withoutLast(period, partial);
  if (whole.from > whole.to) return null;
  const before = withoutLast(periodBefore(period), partial);
  return {
    period: toPeriodFigures(whole, days, since),
    period_before: toPeriodFigures(before, days, since),
  };
}

/** The days of the period among these. */
export const daysOf = ({ from, to }: Period, days: readonly AnalysedDay[]): AnalysedDay[] =>
  days.filter(({ day }) => from <= day && day <= to);
