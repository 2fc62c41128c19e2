import { expect, it } from 'vitest';
import { timeToComplete } from './time-to-complete.js';

it('says within how many days half, and nine of ten, had completed', () => {
  const counts = [
    { days: 0, learners: 2 },
    { days: 3, learners: 3 },
    { days: 10, learners: 4 },
    { days: 40, learners: 1 },
  ];
  // Ten completers: the fifth took 3 days, the ninth 10.
  expect(timeToComplete(counts, 5)).toEqual({ medianDays: 3, p90Days: 10, histogram: counts });
});

it('says nothing of fewer than a group, and nothing of nobody', () => {
  const nothing = { medianDays: null, p90Days: null, histogram: [] };
  expect(timeToComplete([{ days: 1, learners: 4 }], 5)).toEqual(nothing);
  expect(timeToComplete([], 1)).toEqual(nothing);
  expect(timeToComplete([{ days: 1, learners: 1 }], 1).medianDays).toBe(1);
});

it('counts who took a year or more together, but not in the median', () => {
  const counts = [
    { days: 364, learners: 1 },
    { days: 365, learners: 1 },
    { days: 800, learners: 3 },
  ];
  expect(timeToComplete(counts, 5)).toEqual({
    medianDays: 800,
    p90Days: 800,
    histogram: [
      { days: 364, learners: 1 },
      { days: 365, learners: 4 },
    ],
  });
});
