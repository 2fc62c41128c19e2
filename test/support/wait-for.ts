import { setTimeout as delay } from 'node:timers/promises';
import { isCitus } from './citus.ts';

const LOOK_EVERY_MS = 20;
/** Where the database is distributed, a statement takes about ten times as long. */
const PATIENCE = isCitus ? 5 : 1;

/** The limit of a test that states its own, in ms. */
export const withPatience = (limitMs: number): number => limitMs * PATIENCE;

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/**
 * Waits until the condition returns a truthy value, and returns it. A condition that throws counts as not met; its last
 * error is the cause of the timeout's error.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, message }: { timeoutMs?: number; message: string },
): Promise<Truthy<T>> {
  const deadline = performance.now() + withPatience(timeoutMs);
  let cause: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value as Truthy<T>;
    } catch (error) {
      cause = error;
    }
    await delay(LOOK_EVERY_MS);
  } while (performance.now() < deadline);
  throw new Error(`Not within ${withPatience(timeoutMs)} ms: ${message}`, { cause });
}
