import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coveragePercentage, percentage } from './coverage.js';

it.each([
  [0, 0, 0],
  [1, 0, 0],
  [0, 3, 0],
  [1, 3, 33.33],
  [2, 3, 66.67],
  [3, 3, 100],
  [4, 3, 100],
  [99_999, 100_000, 99.99],
])('%i of %i is %f %%', (part, whole, expected) => {
  expect(percentage(part, whole)).toBe(expected);
});

it('is 100 % exactly when nothing is missing, and never out of 0 to 100', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 0, max: 1e6 }),
      (part, whole) => {
        const value = percentage(part, whole);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(100);
        expect(value === 100).toBe(whole > 0 && part >= whole);
      },
    ),
  );
});

it('does not guess coverage where the lesson’s length is not known', () => {
  expect(coveragePercentage({ uniqueSeconds: 10, durationSeconds: null })).toBeNull();
  expect(coveragePercentage({ uniqueSeconds: 10, durationSeconds: 0 })).toBeNull();
  expect(coveragePercentage({ uniqueSeconds: 10, durationSeconds: 40 })).toBe(25);
});
