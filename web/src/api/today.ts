import { computed, signal } from '@preact/signals';
import { dayIn } from '../format/days.ts';
import { serviceTime } from '../session/clock.ts';

const learned = signal<{ asOf: string; timeZone: string } | null>(null);

/** Takes from an answer in which zone its days are, and which of them is today. */
export function learnToday(answer: object): void {
  if (!('as_of' in answer && 'time_zone' in answer)) return;
  learned.value = { asOf: String(answer.as_of), timeZone: String(answer.time_zone) };
}

/** The day on which all periods end. */
export const today = computed(() => {
  const { asOf, timeZone } = learned.value ?? { asOf: serviceTime(), timeZone: 'UTC' };
  return dayIn(timeZone, new Date(asOf).getTime());
});

/** Whether a day is not over: what is known of it is only a part. */
export const isToday = (day: string | undefined): boolean => day === today.value;
