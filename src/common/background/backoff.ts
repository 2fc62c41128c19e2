const FIRST_MS = 500;
const DOUBLINGS_MAXIMUM = 30;

/**
 * How long to wait after the given number of attempts, in milliseconds: exponential with full jitter, so that the
 * entries that waited during an outage are not all retried at once when it ends.
 */
export function backoffMs(
  attempts: number,
  capMs: number,
  random: () => number = Math.random,
): number {
  return Math.round(random() * ceilingMs(attempts, capMs));
}

/**
 * How long a job waits after that many failures in a row, in milliseconds: exponential, drawn from the upper half. Full
 * jitter could draw several waits near zero, and send requests to a failing database without a pause.
 */
export function retryMs(
  failures: number,
  capMs: number,
  random: () => number = Math.random,
): number {
  return Math.round(ceilingMs(failures, capMs) * (0.5 + random() / 2));
}

/** Between 75 % and 125 % of the time, so that processes that start together do not run in step. */
export function jitteredMs(milliseconds: number, random: () => number = Math.random): number {
  return milliseconds * (0.75 + random() / 2);
}

function ceilingMs(attempts: number, capMs: number): number {
  return Math.min(capMs, FIRST_MS * 2 ** Math.min(Math.max(attempts - 1, 0), DOUBLINGS_MAXIMUM));
}
