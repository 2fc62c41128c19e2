import { addDays, daysBetween, type CalendarDay } from '../../../../common/calendar-day.js';
import { InvalidFieldsError } from '../../../../common/errors/invalid-fields.error.js';

/** How many days a period has, unless it is said. */
const PERIOD_DAYS = 30;
/** The most days that a period may have. */
const PERIOD_DAYS_MAXIMUM = 366;

/** Days from the first to the last, both of them included. */
export interface Period {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
}

/** The ends of a period as a request gives them; null and what is missing are the defaults. */
export interface PeriodAsked {
  readonly from?: CalendarDay | null | undefined;
  readonly to?: CalendarDay | null | undefined;
}

/**
 * The period that is meant. It ends today at the latest, and has 30 days if its beginning is not given.
 * @throws InvalidFieldsError when it ends before it begins, or is too long.
 */
export function periodOf({ from: first, to: last }: PeriodAsked, today: CalendarDay): Period {
  const to = last && last < today ? last : today;
  const from = first ?? earlier(to, PERIOD_DAYS);
  if (from > to) throw beyond('max', to);
  const earliest = earlier(to, PERIOD_DAYS_MAXIMUM);
  if (from < earliest) throw beyond('min', earliest);
  return { from, to };
}

/** The period of the same length that ends the day before. */
export function periodBefore({ from, to }: Period): Period {
  const days = daysBetween(from, to) + 1;
  return { from: addDays(from, -days), to: addDays(from, -1) };
}

/** The same without its last days. Where it has no more than these, it ends before it begins. */
export const withoutLast = ({ from, to }: Period, days: number): Period => ({
  from,
  to: addDays(to, -days),
});

/** The first of so many days that end with `to`. */
const earlier = (to: CalendarDay, days: number): CalendarDay => addDays(to, 1 - days);

const beyond = (key: 'min' | 'max', constraint: CalendarDay): InvalidFieldsError =>
  new InvalidFieldsError([{ field: 'from', key, args: { constraint } }]);
