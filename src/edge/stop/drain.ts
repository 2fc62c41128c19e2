import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

export interface DrainTimes {
  /** Long enough for balancers to look at `/health/ready`. */
  atLeastMs: number;
  /** Without a request for so long: whoever sends them knows. */
  quietMs: number;
  atMostMs: number;
}

/**
 * Serves on, and sends each client away with its answer, until requests to the API stay away. Only then is a connection
 * without a request one that nobody means to use: the end of one that somebody does meets his next request, and he
 * cannot know whether it was read.
 */
export async function drain(
  http: Server,
  isApi: (url: string) => boolean,
  { atLeastMs, quietMs, atMostMs }: DrainTimes,
): Promise<void> {
  const begun = performance.now();
  let lastRequest = -Infinity;
  // Before the framework's, and before what is refused without it. It stays: what comes later is sent away, too.
  http.prependListener('request', ({ url }: IncomingMessage, response: ServerResponse) => {
    response.setHeader('connection', 'close');
    if (isApi(url ?? '')) lastRequest = performance.now();
  });

  const atLeast = begun + Math.min(atLeastMs, atMostMs);
  const atMost = begun + atMostMs;
  for (;;) {
    await sleep(LOOK_EVERY_MS);
    // Timers come before what has arrived meanwhile, which a busy process has not read yet.
    await setImmediate();
    const now = performance.now();
    if (now >= atMost || (now >= atLeast && now - lastRequest >= quietMs)) return;
  }
}
