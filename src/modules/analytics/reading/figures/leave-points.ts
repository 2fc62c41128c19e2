import { percentOf } from './percentages.js';

/** A moment of a lesson at which many stop watching. */
export interface LeavePoint {
  /** The second, of the five, before which most of them left. */
  at: number;
  /** The second in which the five begin, and the one in which they end: who left saw the first, and not the second. */
  from: number;
  to: number;
  /** How many learners fewer saw the lesson five seconds on. */
  lost: number;
}

const LEAVE_POINTS_MAXIMUM = 3;
const WINDOW_SECONDS = 5;
const POINTS_MINIMUM = 5;
/** Everybody leaves at the end: credits, a last slide. */
const END_SHARE = 0.05;

/**
 * The largest falls of retention within five seconds, largest first. They do not overlap.
 * @param seen how many learners saw each second
 * @param learners with a record in the lesson: a fall must be at least five percent of them
 * @param group and at least so many learners
 */
export function findLeavePoints(
  seen: Int32Array,
  { learners, group }: { learners: number; group: number },
): LeavePoint[] {
  const lastStart = Math.floor(seen.length * (1 - END_SHARE)) - WINDOW_SECONDS;
  const falls: { start: number; lost: number }[] = [];
  for (let start = 0; start <= lastStart; start += 1) {
    const lost = seen[start]! - seen[start + WINDOW_SECONDS]!;
    const points = percentOf(lost, learners) ?? 0;
    if (lost >= group && points >= POINTS_MINIMUM) falls.push({ start, lost });
  }
  falls.sort((a, b) => b.lost - a.lost || a.start - b.start);

  const found: typeof falls = [];
  for (const fall of falls) {
    if (found.length === LEAVE_POINTS_MAXIMUM) break;
    if (found.every(({ start }) => Math.abs(start - fall.start) >= WINDOW_SECONDS))
      found.push(fall);
  }
  return found.map(({ start, lost }) => ({
    at: steepest(seen, start),
    from: start,
    to: start + WINDOW_SECONDS,
    lost,
  }));
}

/** The second of the window before which the curve falls most. */
function steepest(seen: Int32Array, start: number): number {
  let at = start + 1;
  for (let second = start + 2; second <= start + WINDOW_SECONDS; second += 1) {
    if (seen[second - 1]! - seen[second]! > seen[at - 1]! - seen[at]!) at = second;
  }
  return at;
}
