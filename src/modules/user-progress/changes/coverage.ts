import { measure, parseMultirange, type Ranges } from '../evidence/ranges.js';
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

/** What counts for completing a lesson by watching. */
export interface CompletionEvidence extends Coverage {
  /** Which seconds were seen since the record was reopened by hand; null if it was not. */
  seenSince: Ranges | string | null;
}

/**
 * Seconds still to be seen until watching completes the lesson, at that share (0 to 1) of its length; null when its
 * length is not known, and at a share of 0: watching completes nothing then.
 */
export function missingSeconds(evidence: CompletionEvidence, share: number): number | null {
  const required = share === 0 ? null : requiredSeconds(evidence, share);
  return required === null ? null : Math.max(0, required - countingSeconds(evidence));
}

/** Whether enough was seen for watching to complete the lesson, at that share of its length. */
export const isCovered = (evidence: CompletionEvidence, share: number): boolean =>
  missingSeconds(evidence, share) === 0;

function countingSeconds({ uniqueSeconds, seenSince }: CompletionEvidence): number {
  if (seenSince === null) return uniqueSeconds;
  const seen = typeof seenSince === 'string' ? parseMultirange(seenSince) : seenSince;
  // A process of an older version may have begun the record anew and left `seen_since` as it was.
  return Math.min(uniqueSeconds, measure(seen));
}
