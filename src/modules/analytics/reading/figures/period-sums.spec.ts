import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../../../common/calendar-day.js';
import { periodSums, type PeriodSum } from './period-sums.js';

const FIRST = '2026-01-01';
const days = fc.nat(800).map((after) => addDays(FIRST, after));

/** How often the sums have the day. */
const timesOf = (day: string, sums: readonly PeriodSum[]): number =>
  sums.reduce((times, { unit, first, sign }) => times + (has(unit, first, day) ? sign : 0), 0);

function has(unit: PeriodSum['unit'], first: string, day: string): boolean {
  if (unit === 'day') return day === first;
  if (unit === 'week') return day >= first && day < addDays(first, 7);
  const monthsLater =
    12 * (Number(day.slice(0, 4)) - Number(first.slice(0, 4))) +
    Number(day.slice(5, 7)) -
    Number(first.slice(5, 7));
  return monthsLater >= 0 && monthsLater < (unit === 'month' ? 1 : 3);
}

it('are each day of the period once, and no other day on which there is anything', () => {
  fc.assert(
    fc.property(days, fc.nat(365), fc.option(days), (from, length, last) => {
      const to = addDays(from, length);
      const sums = periodSums({ from, to }, last);
      for (let day = addDays(from, -120); day < addDays(to, 120); day = addDays(day, 1)) {
        if (last === null || day > last) continue;
        expect(timesOf(day, sums), day).toBe(Number(day >= from && day <= to));
      }
      if (last === null || from > last) expect(sums).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('are few, also for a year that begins and ends in the middle of a month', () => {
  for (let begin = 0; begin < 365; begin += 1) {
    const from = addDays(FIRST, begin);
    const to = addDays(from, 364);
    expect(periodSums({ from, to }, '2028-12-31').length).toBeLessThan(20);
    expect(periodSums({ from, to }, to).length).toBeLessThan(14);
  }
});

it('do not end before the month when there is nothing behind the period', () => {
  const period = { from: '2026-10-29', to: '2026-11-27' };
  expect(periodSums(period, '2026-11-27')).toEqual([
    ...['2026-10-29', '2026-10-30', '2026-10-31'].map((first) => ({ unit: 'day', first, sign: 1 })),
    { unit: 'month', first: '2026-11-01', sign: 1 },
  ]);
});
