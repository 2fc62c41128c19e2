import { expect, it } from 'vitest';
import { percentOf } from './percentages.js';

it('a percentage has two decimals, and is null rather than NaN or of too few', () => {
  expect(percentOf(1, 3)).toBe(33.33);
  expect(percentOf(2, 3)).toBe(66.67);
  expect(percentOf(20, 20, 20)).toBe(100);
  expect(percentOf(19, 19, 20)).toBeNull();
  expect(percentOf(0, 0)).toBeNull();
  expect(percentOf(0, 0, 0)).toBeNull();
});
