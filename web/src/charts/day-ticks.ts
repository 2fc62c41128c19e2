import { dayShort, monthShort, monthYear } from '../format/days.ts';
import { labelWidth } from './label-width.ts';

/** A name below a chart, and where what it names is. */
export interface Tick {
  x: number;
  label: string;
}

/** What is free between two labels, in pixels. */
const BETWEEN = 12;

/** From so many days on, months are named instead of days. */
const MONTHS_FROM_DAYS = 120;
const DAY_STEPS = [1, 2, 3, 7, 14, 28, 56];
const MONTH_STEPS = [1, 2, 3, 6, 12];

/** The first pixel of a label and the one after it: its middle is its place. */
export function extentOf({ x, label }: Tick): { start: number; end: number } {
  const half = labelWidth(label) / 2;
  return { start: x - half, end: x + half };
}

/** Which days have their name below the chart: as many as have space. */
export function dayTicks(days: readonly string[], x: (index: number) => number): Tick[] {
  const [steps, of] =
    days.length < MONTHS_FROM_DAYS ? [DAY_STEPS, ofDays] : [MONTH_STEPS, ofMonths];
  const choices = steps.map((step) => of(days, step).map(({ at, label }) => ({ x: x(at), label })));
  return choices.find(haveSpace) ?? [];
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

const haveSpace = (ticks: readonly Tick[]): boolean =>
  ticks.every(
    (tick, index) =>
      index === 0 || extentOf(tick).start >= extentOf(ticks[index - 1]!).end + BETWEEN,
  );
