import { describe, expect, it } from 'vitest';
import { daysOf, endOf, leftOf } from '../src/charts/axis.tsx';
import { dayTicks, extentOf } from '../src/charts/day-ticks.ts';
import { heights, linear } from '../src/charts/scale.ts';
import { labelWidth } from '../src/charts/label-width.ts';
import { addDays, dayShort } from '../src/format/days.ts';
import { durationShort } from '../src/format/numbers.ts';

const TODAY = '2026-11-27';
const PERIODS = [7, 30, 90, 365];
const WIDTHS = Array.from({ length: 60 }, (_, index) => 240 + index * 20);

const chartOf = (count: number, width: number) => {
  const days = daysOf(addDays(TODAY, 1 - count), TODAY);
  const x = linear([0, count - 1], [44, endOf(width, 44, dayShort(TODAY))]);
  return { days, x, ticks: dayTicks(days, x) };
};

describe('the names below a chart', () => {
  it.each(PERIODS)('of %i days have space at any width, and there are some', (count) => {
    for (const width of WIDTHS) {
      const extents = chartOf(count, width).ticks.map(extentOf);
      expect(extents.length, String(width)).toBeGreaterThan(1);
      extents.slice(1).forEach(({ start }, at) => {
        expect(start, String(width)).toBeGreaterThan(extents[at]!.end);
      });
      expect(extents.at(-1)!.end).toBeLessThanOrEqual(width);
    }
  });

  it('of a year are months, each at its first day', () => {
    for (const width of WIDTHS) {
      const { days, x, ticks } = chartOf(365, width);
      const firsts = days.flatMap((day, at) => (day.endsWith('-01') ? [x(at)] : []));
      expect(ticks.filter((tick) => !firsts.includes(tick.x))).toEqual([]);
    }
    const { days, ticks, x } = chartOf(365, 1_000);
    expect(ticks).toHaveLength(12);
    expect(ticks[1]).toEqual({ x: x(days.indexOf('2026-01-01')), label: 'Jan 2026' });
  });

  it('of fewer days name the last one', () => {
    for (const width of WIDTHS) {
      expect(chartOf(30, width).ticks.at(-1)!.label).toBe('Nov 27');
    }
  });
});

it('the figures beside a chart have as much space as the longest of them takes', () => {
  for (const highest of [40, 700, 90_000]) {
    const y = heights(highest, [200, 10], 60);
    const longest = Math.max(...y.ticks(4).map((tick) => labelWidth(durationShort(tick))));
    expect(leftOf(y, durationShort)).toBeGreaterThan(longest);
  }
});

it.each([0, 1, 2, 3, 5, 9, 14, 2_738])('an axis up to %i learners has whole ones only', (most) => {
  const figures = heights(most, [200, 10]).ticks(4);
  expect(figures.every(Number.isInteger)).toBe(true);
  expect(figures.at(-1)).toBeGreaterThanOrEqual(most);
  expect(figures.length).toBeLessThan(8);
});
