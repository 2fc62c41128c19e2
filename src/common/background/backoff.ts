const FIRST_MS = 500;
const DOUBLINGS_MAXIMUM = 30;

/**
 * How long to wait after the given number of attempts, in milliseconds: exponential with full
 * jitter, so that a backlog does not come back as one wave when an outage ends.
 */
export function backoffMs(
  attempts: number,
  capMs: number,
  random: () => number = Math.random,
): number {
  return Math.round(random() * ceilingMs(attempts, capMs));
}

/**
 * How long a job waits after so many failures in a row, in milliseconds: exponential, from half to the whole. Full
 * jitter could draw waits near zero several times, and ask a database that is failing without a pause.
 */
export function retryMs(
  failures: number,
  capMs: number,
  random: () => number = Math.random,
): number {
  return Math.round(ceilingMs(failures, capMs) * (0.5 + random() / 2));
}

/** From three quarters to five quarters of the time: processes that start together do not keep step. */
export function jitteredMs(milliseconds: number, random: () => number = Math.random): number {
  return milliseconds * (0.75 + random() / 2);
}

function ceilingMs(attempts: number, capMs: number): number {
  return Math.min(capMs, FIRST_MS * 2 ** Math.min(Math.max(attempts - 1, 0), DOUBLINGS_MAXIMUM));
}
