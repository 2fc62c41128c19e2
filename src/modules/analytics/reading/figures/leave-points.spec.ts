import { expect, it } from 'vitest';
import { findLeavePoints } from './leave-points.js';

/** How many learners see each of 100 s: `learners` at the start, fewer after each fall. */
function curve(learners: number, ...falls: [second: number, lost: number][]): Int32Array {
  const seen = new Int32Array(100).fill(learners);
  for (const [second, lost] of falls) {
    for (let later = second; later < 100; later += 1) seen[later]! -= lost;
  }
  return seen;
}
const hundred = { learners: 100, group: 5 };

it('name the second before which learners left', () => {
  expect(findLeavePoints(curve(100, [40, 20]), hundred)).toEqual([
    { at: 40, from: 35, to: 40, lost: 20 },
  ]);
});

it('count what is lost within five seconds, and name the steepest of them', () => {
  const gradual = curve(100, [40, 2], [41, 3], [42, 9], [43, 2], [44, 1]);
  expect(findLeavePoints(gradual, hundred)[0]).toEqual({ at: 42, from: 39, to: 44, lost: 17 });
});

it('are three at most, the largest first, and do not overlap', () => {
  const seen = curve(100, [10, 6], [30, 12], [50, 8], [70, 7]);
  expect(findLeavePoints(seen, hundred)).toEqual([
    { at: 30, from: 25, to: 30, lost: 12 },
    { at: 50, from: 45, to: 50, lost: 8 },
    { at: 70, from: 65, to: 70, lost: 7 },
  ]);
});

it('need five percent of the learners, and a group of them', () => {
  expect(findLeavePoints(curve(100, [40, 4]), hundred)).toEqual([]);
  expect(findLeavePoints(curve(100, [40, 5]), hundred)).toHaveLength(1);
  expect(findLeavePoints(curve(20, [40, 4]), { learners: 20, group: 5 })).toEqual([]);
});

it('are not at the end, where everybody leaves', () => {
  expect(findLeavePoints(curve(100, [94, 50]), hundred)).toHaveLength(1);
  expect(findLeavePoints(curve(100, [96, 50]), hundred)).toEqual([]);
});

it('are none in a lesson too short to fall', () => {
  expect(findLeavePoints(new Int32Array(4), hundred)).toEqual([]);
  expect(findLeavePoints(new Int32Array(0), { learners: 0, group: 1 })).toEqual([]);
});
