import type { CountsBySecond } from './counts-by-second.js';
import { percentOf, toTwoDecimals } from './percentages.js';

export interface RetentionCurve {
  /** How many seconds of the lesson a point stands for; the last one may stand for fewer. */
  secondsPerPoint: number;
  /** Percent of the lesson's learners who saw it: the mean over the point's seconds. */
  seen: number[];
  /** Percent of those who saw it, who saw it at least twice; null where nobody did. */
  replayed: (number | null)[];
}

/** The curve in at most so many points of equal length. */
export function retentionCurve(
  { seen, again }: CountsBySecond,
  learners: number,
  points: number,
): RetentionCurve {
  const secondsPerPoint = Math.max(1, Math.ceil(seen.length / points));
  const curve: RetentionCurve = { secondsPerPoint, seen: [], replayed: [] };
  for (let from = 0; from < seen.length; from += secondsPerPoint) {
    const to = Math.min(from + secondsPerPoint, seen.length);
    const saw = sumOf(seen, from, to);
    curve.seen.push(toTwoDecimals((100 * saw) / ((to - from) * learners)));
    curve.replayed.push(percentOf(sumOf(again, from, to), saw));
  }
  return curve;
}

function sumOf(counts: Int32Array, from: number, to: number): number {
  let sum = 0;
  for (let second = from; second < to; second += 1) sum += counts[second]!;
  return sum;
}
