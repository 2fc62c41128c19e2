import { dayShort, monthShort, monthYear } from '../format/days.ts';

/** A name below a chart, and where what it names is. */
export interface Tick {
  x: number;
  label: string;
}

/** Pixels of one character of a label, rather too many than too few; and what is free between two labels. */
const CHARACTER = 7;
const BETWEEN = 12;

/** From so many days on, months are named instead of days. */
const MONTHS_FROM_DAYS = 120;
const DAY_STEPS = [1, 2, 3, 7, 14, 28, 56];
const MONTH_STEPS = [1, 2, 3, 6, 12];

/** The first pixel of a label and the one after it. None goes beyond the right edge of the chart. */
export function extentOf({ x, label }: Tick, width: number): { start: number; end: number } {
  const size = label.length * CHARACTER;
  const end = Math.min(x + size / 2, width);
  return { start: end - size, end };
}

/** Which days have their name below the chart: as many as have space. */
export function dayTicks(
  days: readonly string[],
  x: (index: number) => number,
  width: number,
): Tick[] {
  const [steps, of] =
    days.length < MONTHS_FROM_DAYS ? [DAY_STEPS, ofDays] : [MONTH_STEPS, ofMonths];
  const choices = steps.map((step) => of(days, step).map(({ at, label }) => ({ x: x(at), label })));
  return choices.find((ticks) => haveSpace(ticks, width)) ?? [];
}

interface Name {
  at: number;
  label: string;
}

/** Counted back from the last day, which always has its name. */
const ofDays = (days: readonly string[], step: number): Name[] =>
  days
    .map((day, at) => ({ at, label: dayShort(day) }))
    .filter(({ at }) => (days.length - 1 - at) % step === 0);

/** A month stands at its first day. January says of which year it is. */
const ofMonths = (days: readonly string[], step: number): Name[] =>
  days
    .map((day, at) => ({ day, at, month: Number(day.slice(5, 7)) }))
    .filter(({ day, month }) => day.endsWith('-01') && (month - 1) % step === 0)
    .map(({ day, at, month }) => ({ at, label: month === 1 ? monthYear(day) : monthShort(day) }));

const haveSpace = (ticks: readonly Tick[], width: number): boolean =>
  ticks.every(
    (tick, index) =>
      index === 0 ||
      extentOf(tick, width).start >= extentOf(ticks[index - 1]!, width).end + BETWEEN,
  );
