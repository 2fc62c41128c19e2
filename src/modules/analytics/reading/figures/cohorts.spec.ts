import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../../../common/calendar-day.js';
import { completedWithin, mergedCohorts, type EnrolledWeek } from './cohorts.js';

const weekOf = (week: string, learners: number, ...completed: number[]): EnrolledWeek => ({
  week,
  learners,
  completed,
});

it('keeps weeks of a group or more apart', () => {
  const weeks = [weekOf('2026-03-02', 5, 1, 2), weekOf('2026-03-09', 8, 0, 3)];
  expect(mergedCohorts(weeks, 5)).toEqual(weeks.map((one) => ({ ...one, lastWeek: one.week })));
});

it('joins a small week to the next, and small ones at the end to the one before', () => {
  const weeks = [
    weekOf('2026-03-02', 2, 1, 1),
    weekOf('2026-03-09', 4, 0, 2),
    weekOf('2026-03-16', 0, 0, 0),
    weekOf('2026-03-23', 1, 0, 0),
    weekOf('2026-03-30', 3, 0, 1),
  ];
  expect(mergedCohorts(weeks, 5)).toEqual([
    { week: '2026-03-02', lastWeek: '2026-03-30', learners: 10, completed: [1, 4] },
  ]);
});

it('shows nothing of a course with fewer learners than a group', () => {
  expect(mergedCohorts([weekOf('2026-03-02', 4, 0)], 5)).toEqual([]);
  expect(mergedCohorts([], 5)).toEqual([]);
});

it('never shows fewer than a group, and loses nobody', () => {
  const sizes = fc.array(fc.nat({ max: 9 }), { maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 8 }), (learners, group) => {
      const weeks = learners.map((count, n) => weekOf(addDays('2026-01-05', 7 * n), count, count));
      const cohorts = mergedCohorts(weeks, group);
      const total = learners.reduce((sum, count) => sum + count, 0);
      expect(cohorts.every((cohort) => cohort.learners >= group)).toBe(true);
      const shown = cohorts.reduce((sum, cohort) => sum + cohort.learners, 0);
      expect(shown).toBe(total < group ? 0 : total);
    }),
  );
});

it('says how many completed within some weeks only once these have passed for all', () => {
  const cohort = {
    ...weekOf('2026-03-02', 10, 1, 2, 3, 4, 5),
    lastWeek: '2026-03-09',
  };
  // Who enrolled last did so on 15 March: their first week ends with the 22nd, their second with the 29th.
  const at = (today: string) => completedWithin(cohort, today).map(({ learners }) => learners);
  expect(at('2026-03-22')).toEqual([null, null, null, null, null]);
  expect(at('2026-03-23')).toEqual([1, null, null, null, null]);
  expect(at('2026-03-30')).toEqual([1, 2, null, null, null]);
  expect(completedWithin(cohort, '2026-06-08')).toEqual([
    { weeks: 1, learners: 1 },
    { weeks: 2, learners: 2 },
    { weeks: 4, learners: 3 },
    { weeks: 8, learners: 4 },
    { weeks: 12, learners: 5 },
  ]);
});
