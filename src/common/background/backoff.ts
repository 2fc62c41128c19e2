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
  const ceiling = FIRST_MS * 2 ** Math.min(Math.max(attempts - 1, 0), DOUBLINGS_MAXIMUM);
  return Math.round(random() * Math.min(capMs, ceiling));
}
