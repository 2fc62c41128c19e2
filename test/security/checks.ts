import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import { post, type Reply } from './requests.ts';

/** What no answer may carry: where in the code, which SQL, or what the schema has instead. */
const TELLING =
  /node_modules|\bat .*\.[jt]s:\d+|"stack|SELECT |INSERT |relation "|did you mean|pg_|ECONN/i;
const HEAP_GROWTH_MAXIMUM = 64 * 1_048_576;

export const codeOf = ({ json }: Reply): string => json.errors?.[0]?.extensions.code ?? 'OK';

export function expectQuiet({ text }: { text: string }): void {
  expect(text).not.toMatch(TELLING);
  expect(text.length).toBeLessThan(20_000);
}

/** A normal request of a learner is answered as ever. */
export async function expectServed(url: string, token: string, userId: string): Promise<void> {
  const reply = await post(url, token, {
    query: `{ getUserProgressStats(userId: "${userId}") { success } }`,
  });
  expect(reply.json).toEqual({ data: { getUserProgressStats: { success: true } } });
}

/** Bytes of the heap that are in use, after a collection. */
export function heapUsed(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

export function expectNoMoreMemory(heapBefore: number): void {
  expect(heapUsed() - heapBefore).toBeLessThan(HEAP_GROWTH_MAXIMUM);
}
