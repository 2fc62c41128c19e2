import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/**
 * Waits until the condition gives something truthy, and returns that. A condition that throws is not met yet;
 * its last error is the cause of ours.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, message }: { timeoutMs?: number; message: string },
): Promise<Truthy<T>> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value as Truthy<T>;
    } catch (error) {
      cause = error;
    }
    await delay(LOOK_EVERY_MS);
  } while (Date.now() < deadline);
  throw new Error(`Not within ${timeoutMs} ms: ${message}`, { cause });
}
