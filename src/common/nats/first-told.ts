import { withTimeout } from './with-timeout.js';

/**
 * Asks in several ways, one after the other, until one tells. A way that is silent for `patienceMs` is not given up:
 * the next is asked beside it, so that a slow way still tells, and a deaf one does not use up the time.
 * @param ask resolves to null where this way tells nothing; must not reject.
 * @returns what was told first; null when all ways told nothing.
 */
export async function firstTold<Way, Told>(
  ways: readonly Way[],
  ask: (way: Way) => Promise<Told | null>,
  patienceMs: number,
): Promise<Told | null> {
  const asked: Promise<Told | null>[] = [];
  for (const way of ways) {
    asked.push(ask(way));
    const told = await withTimeout(patienceMs, firstOf(asked)).catch(() => null);
    if (told !== null) return told;
  }
  return firstOf(asked);
}

async function firstOf<Told>(asked: readonly Promise<Told | null>[]): Promise<Told | null> {
  const telling = asked.map(async (one) => (await one) ?? Promise.reject(new Error('nothing')));
  return Promise.any(telling).catch(() => null);
}
