import { expect, it } from 'vitest';
import { streaksOf } from './streaks.js';

const days = ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-04', '2026-03-05'];

it('counts consecutive days over the end of a month', () => {
  expect(streaksOf(days, '2026-03-05')).toEqual({ current: 2, longest: 3 });
});

it('goes on until a whole day has passed without activity', () => {
  expect(streaksOf(days, '2026-03-06').current).toBe(2);
  expect(streaksOf(days, '2026-03-07')).toEqual({ current: 0, longest: 3 });
});

it('is nothing where there was no activity', () => {
  expect(streaksOf([], '2026-03-05')).toEqual({ current: 0, longest: 0 });
});
