import { withTimeout } from '../with-timeout.js';

/**
 * Asks in several ways, one after the other, until one gives an answer. When a way is silent for `patienceMs`, the next
 * one is asked as well: a slow way can still answer, and one without an answer does not use up the time.
 * @param ask resolves to null when this way has no answer; must not reject.
 * @returns the first answer; null when no way has one.
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
