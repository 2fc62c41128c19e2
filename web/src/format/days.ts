import { current } from '../i18n/language.ts';

const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { locale } = current.value;
  const key = locale + JSON.stringify(options);
  const found =
    formats.get(key) ?? new Intl.DateTimeFormat(`${locale}-u-nu-latn-ca-gregory`, options);
  formats.set(key, found);
  return found;
}

const format = (at: Date, options: Intl.DateTimeFormatOptions): string =>
  formatOf(options).format(at);

/** A calendar day of the service, `2026-03-31`: it has no zone any more. */
const at = (day: string): Date => new Date(`${day}T00:00:00Z`);

export const dayLong = (day: string): string =>
  format(at(day), {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });

export const dayMedium = (day: string): string =>
  format(at(day), { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });

export const dayShort = (day: string): string =>
  format(at(day), { timeZone: 'UTC', day: 'numeric', month: 'short' });

/** The days from the first to the last, in as few words as the language needs. */
export const dayRange = ({ from, to }: { from: string; to: string }): string =>
  formatOf({ timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).formatRange(
    at(from),
    at(to),
  );

export const monthShort = (day: string): string =>
  format(at(day), { timeZone: 'UTC', month: 'short' });

export const monthYear = (day: string): string =>
  format(at(day), { timeZone: 'UTC', month: 'short', year: 'numeric' });

export const weekdayInitial = (day: string): string =>
  format(at(day), { timeZone: 'UTC', weekday: 'narrow' });

/** The time of day on the reader's clock. */
export const timeOfDay = (moment: string): string =>
  format(new Date(moment), { hour: '2-digit', minute: '2-digit' });

/** The same with its day and its zone. */
export const momentLong = (moment: string): string =>
  format(new Date(moment), { dateStyle: 'long', timeStyle: 'long' });

export const addDays = (day: string, days: number): string =>
  new Date(at(day).getTime() + days * DAY_MS).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.round((at(to).getTime() - at(from).getTime()) / DAY_MS);

/** 0 for Monday. */
export const weekday = (day: string): number => (at(day).getUTCDay() + 6) % 7;

/** Which day a moment is of, in a zone. */
export function dayIn(timeZone: string, moment: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(moment);
}
