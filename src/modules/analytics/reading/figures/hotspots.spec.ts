import { expect, it } from 'vitest';
import { findHotspots } from './hotspots.js';

/** A lesson of 100 s that 100 learners saw, and how many of them saw each second again. */
const replayed = (...again: [from: number, to: number, learners: number][]) => {
  const counts = { seen: new Int32Array(100).fill(100), again: new Int32Array(100) };
  for (const [from, to, learners] of again) counts.again.fill(learners, from, to);
  return counts;
};

it('are runs of three seconds or more, five points above the median second', () => {
  expect(findHotspots(replayed([10, 13, 5], [50, 52, 90], [70, 80, 4]), 5)).toEqual([
    { from: 10, to: 13, share: 5 },
  ]);
});

it('are measured by the usual unevenness of a lesson that is replayed all along', () => {
  // Shares go up and down between 0 and 20: median 20, median deviation 0 or 20.
  const uneven = replayed();
  for (let second = 0; second < 100; second += 1) uneven.again[second] = second % 2 === 0 ? 0 : 20;
  uneven.again.fill(40, 30, 40);
  // Of 45 zeros, 45 twenties and 10 forties the median is 20, and of their distances 20: the threshold is 60.
  expect(findHotspots(uneven, 5)).toEqual([]);
  uneven.again.fill(60, 30, 40);
  expect(findHotspots(uneven, 5)).toEqual([{ from: 30, to: 40, share: 60 }]);
});

it('are three at most, the largest share first, and of equal ones the earlier', () => {
  const counts = replayed([5, 9, 30], [20, 23, 10], [40, 44, 30], [60, 64, 50], [99, 100, 90]);
  expect(findHotspots(counts, 5)).toEqual([
    { from: 60, to: 64, share: 50 },
    { from: 5, to: 9, share: 30 },
    { from: 40, to: 44, share: 30 },
  ]);
});

it('are made by a group, not by one learner at an end that few have reached', () => {
  const counts = replayed();
  counts.seen.fill(2, 90, 100);
  counts.again.fill(2, 90, 100);
  expect(findHotspots(counts, 5)).toEqual([]);
  expect(findHotspots(counts, 1)).toEqual([{ from: 90, to: 100, share: 100 }]);
});

it('take no notice of seconds that nobody saw', () => {
  const counts = replayed([0, 3, 50]);
  counts.seen.fill(0, 3, 100);
  // All that was seen was replayed alike: nothing stands out.
  expect(findHotspots(counts, 5)).toEqual([]);
  expect(findHotspots({ seen: new Int32Array(9), again: new Int32Array(9) }, 1)).toEqual([]);
  expect(findHotspots({ seen: new Int32Array(0), again: new Int32Array(0) }, 1)).toEqual([]);
});
