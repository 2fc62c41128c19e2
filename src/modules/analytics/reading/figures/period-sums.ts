import { addDays, daysBetween, type CalendarDay } from '../../../../common/calendar-day.js';
import type { Period } from './period.js';

/** What is summed up already: it begins with the first day. To be added, or taken away. */
export interface PeriodSum {
  unit: 'quarter' | 'month' | 'week' | 'day';
  first: CalendarDay;
  sign: 1 | -1;
}

/** A sum from one day up to another one, which it does not have. Days are counted from 1970: to work with dates is slow. */
interface Sum {
  unit: PeriodSum['unit'];
  first: number;
  end: number;
}

/** Along a sum, or back. */
interface Step {
  sum: Sum;
  sign: 1 | -1;
}

const DAY_MS = 86_400_000;
const BEGIN = '1970-01-01';
/** Longer than any unit, in days. */
const REACH = 92;

/**
 * The fewest sums that make up the period: a year is some quarters, with a few months, weeks and days at both ends; some of
 * them may be taken away from a longer one. Each sum is a step from its first day to its end, or back, and these are the
 * steps of a shortest way through the period.
 * @param last the last day on which there is anything: all that comes after it is the same moment; null: there is none
 */
export function periodSums({ from, to }: Period, last: CalendarDay | null): PeriodSum[] {
  if (last === null || from > last) return [];
  const nothing = daysBetween(BEGIN, last) + 1;
  const begin = daysBetween(BEGIN, from);
  const end = Math.min(daysBetween(BEGIN, to) + 1, nothing);
  const steps = new Map<number, Step[]>();
  for (const sum of sumsBetween(begin - REACH, Math.min(end + REACH, nothing), nothing)) {
    put(steps, sum.first, { sum, sign: 1 });
    put(steps, sum.end, { sum, sign: -1 });
  }
  const ways = new Map<number, Step[]>([[begin, []]]);
  // A map is walked in the order in which it grows: the nearest days first.
  for (const [day, way] of ways) {
    if (day === end) return way.map(told);
    for (const step of steps.get(day) ?? []) {
      const next = step.sign === 1 ? step.sum.end : step.sum.first;
      if (!ways.has(next)) ways.set(next, [...way, step]);
    }
  }
  return [];
}

const told = ({ sum: { unit, first }, sign }: Step): PeriodSum => ({
  ...{ unit, sign },
  first: addDays(BEGIN, first),
});

/** All sums that begin on these days. None ends later than `nothing`. */
function* sumsBetween(first: number, end: number, nothing: number): Generator<Sum> {
  for (let day = first; day < end; day += 1) {
    const sum = (unit: Sum['unit'], after: number): Sum => ({
      ...{ unit, first: day },
      end: Math.min(after, nothing),
    });
    const date = new Date(day * DAY_MS);
    if (date.getUTCDate() === 1) {
      if (date.getUTCMonth() % 3 === 0) yield sum('quarter', monthsLater(date, 3));
      yield sum('month', monthsLater(date, 1));
    }
    if (date.getUTCDay() === 1) yield sum('week', day + 7);
    yield sum('day', day + 1);
  }
}

const monthsLater = (date: Date, months: number): number =>
  Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months) / DAY_MS;

function put(steps: Map<number, Step[]>, day: number, step: Step): void {
  const others = steps.get(day);
  if (others) others.push(step);
  else steps.set(day, [step]);
}
