import { expect, it } from 'vitest';
import { countsBySecond } from './counts-by-second.js';
import { retentionCurve } from './retention-curve.js';

/** Ten learners saw the first half of six seconds, five of them all of it; two saw second 1 again. */
const BOUNDARIES = { seconds: [0, 1, 2, 3, 6], seen: [10, 0, 0, -5, -5], again: [0, 2, -2, 0, 0] };

it('counts how many learners saw each second', () => {
  const { seen, again } = countsBySecond(BOUNDARIES, 6);
  expect([...seen]).toEqual([10, 10, 10, 5, 5, 5]);
  expect([...again]).toEqual([0, 2, 0, 0, 0, 0]);
});

it('ends at the present length of a lesson that was longer', () => {
  expect([...countsBySecond(BOUNDARIES, 4).seen]).toEqual([10, 10, 10, 5]);
  expect([...countsBySecond(BOUNDARIES, 0).seen]).toEqual([]);
});

it('shows at most as many points as asked for, each the mean of its seconds', () => {
  const counts = countsBySecond(BOUNDARIES, 6);
  expect(retentionCurve(counts, 20, 300)).toEqual({
    secondsPerPoint: 1,
    seen: [50, 50, 50, 25, 25, 25],
    replayed: [0, 20, 0, 0, 0, 0],
  });
  expect(retentionCurve(counts, 20, 3)).toEqual({
    secondsPerPoint: 2,
    seen: [50, 37.5, 25],
    replayed: [10, 0, 0],
  });
  // Four points would have one and a half seconds each.
  expect(retentionCurve(counts, 20, 4).seen).toHaveLength(3);
});

it('says of a point with fewer seconds only what is known of these', () => {
  const counts = countsBySecond({ seconds: [0], seen: [4], again: [1] }, 5);
  expect(retentionCurve(counts, 4, 2)).toEqual({
    secondsPerPoint: 3,
    seen: [100, 100],
    replayed: [25, 25],
  });
});

it('has no share of replays where nobody saw anything', () => {
  const counts = countsBySecond({ seconds: [], seen: [], again: [] }, 2);
  expect(retentionCurve(counts, 3, 2)).toEqual({
    secondsPerPoint: 1,
    seen: [0, 0],
    replayed: [null, null],
  });
});
