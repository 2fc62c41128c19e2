import { isToday } from '../api/today.ts';
import { dayLong } from '../format/days.ts';
import { text } from '../i18n/text.ts';

/** A day's name; of today's, that it is not over. */
export const dayName = (day: string): string =>
  isToday(day) ? text('days.today', { day: dayLong(day) }) : dayLong(day);
