import { expect, it } from 'vitest';
import { mulberry32 } from './mulberry32.ts';

it('random numbers are the same for the same seed, and between 0 and 1', () => {
  const [one, other] = [mulberry32(7), mulberry32(7)];
  const drawn = Array.from({ length: 100 }, () => one());
  expect(drawn).toEqual(Array.from({ length: 100 }, () => other()));
  expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
});
