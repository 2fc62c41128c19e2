/** A date of a calendar, without a time or zone: `2026-01-31`. */
export type CalendarDay = string;

const FORM = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;

/** Whether the text is a date that there is, in the form YYYY-MM-DD. The year 0 is none: PostgreSQL has no such year. */
export function isCalendarDay(text: string): boolean {
  if (!FORM.test(text) || text < '0001') return false;
  const date = new Date(`${text}T00:00:00Z`);
  // 30 February would become 2 March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export const addDays = (day: CalendarDay, days: number): CalendarDay =>
  new Date(msOf(day) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days the second date is after the first; negative when it is before. */
export const daysBetween = (first: CalendarDay, second: CalendarDay): number =>
  Math.round((msOf(second) - msOf(first)) / DAY_MS);

/** The Monday of the day's week (ISO 8601). */
export const mondayOf = (day: CalendarDay): CalendarDay =>
  addDays(day, -((new Date(msOf(day)).getUTCDay() + 6) % 7));

const msOf = (day: CalendarDay): number => Date.parse(`${day}T00:00:00Z`);
