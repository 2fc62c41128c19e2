import { isComplete } from './completion.js';

/** `part` of `whole` in per cent: 0 to 100, to two decimals. 100 only when nothing is missing; 0 when `whole` is 0. */
export function percentage(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  if (isComplete(part, whole)) return 100;
  return Math.min(99.99, Math.round((part / whole) * 10_000) / 100);
}

/** How much of a lesson was seen at least once. */
export interface Coverage {
  uniqueSeconds: number;
  /** Null when the lesson's length is not known. */
  durationSeconds: number | null;
}

/**
 * The share of the lesson that was seen at least once: 0 to 100, to two decimals; null when its length is not known.
 */
export function coveragePercentage({ uniqueSeconds, durationSeconds }: Coverage): number | null {
  if (durationSeconds === null || durationSeconds <= 0) return null;
  return percentage(uniqueSeconds, durationSeconds);
}

/**
 * Seconds of the lesson to be seen until it completes, at that share (0 to 1) of its length; null when its length is
 * not known.
 */
export function requiredSeconds(
  { durationSeconds }: Pick<Coverage, 'durationSeconds'>,
  share: number,
): number | null {
  if (durationSeconds === null || durationSeconds <= 0) return null;
  return Math.ceil(durationSeconds * share);
}

/** Whether enough of the lesson was seen to complete it at that share (0 to 1) of its length; at 0 it never is. */
export function isCovered(coverage: Coverage, share: number): boolean {
  const required = requiredSeconds(coverage, share);
  return share > 0 && required !== null && coverage.uniqueSeconds >= required;
}

/**
 * Whether watching completes the lesson at that share (0 to 1) of its length; at 0 it never does. Coverage must have
 * grown: a lesson that was reopened by hand stays open while it is rewatched.
 */
export function completesByWatching(before: Coverage, after: Coverage, share: number): boolean {
  return after.uniqueSeconds !== before.uniqueSeconds && isCovered(after, share);
}
