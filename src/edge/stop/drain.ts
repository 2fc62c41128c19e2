import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

export interface DrainTimes {
  /** Long enough for load balancers to read `/health/ready`. */
  atLeastMs: number;
  /** Without a request for this long, the load balancers know that the process stops. */
  quietMs: number;
  atMostMs: number;
}

/**
 * Goes on serving until no request to the API has come for a while, and answers each with `connection: close`. Closing
 * an idle connection can race with a request in flight, so wait until clients stop sending: a client that loses such a
 * request cannot know whether it was carried out.
 */
export async function drain(
  http: Server,
  isApi: (url: string) => boolean,
  { atLeastMs, quietMs, atMostMs }: DrainTimes,
): Promise<void> {
  const begun = performance.now();
  let lastRequest = -Infinity;
  // Runs before the framework's listener, which answers. It stays: later requests must end their connections, too.
  http.prependListener('request', ({ url }: IncomingMessage, response: ServerResponse) => {
    response.setHeader('connection', 'close');
    if (isApi(url ?? '')) lastRequest = performance.now();
  });

  const atLeast = begun + Math.min(atLeastMs, atMostMs);
  const atMost = begun + atMostMs;
  for (;;) {
    await sleep(LOOK_EVERY_MS);
    // A timer can fire before requests that have arrived are read. Read them first, or they are not counted.
    await setImmediate();
    const now = performance.now();
    if (now >= atMost || (now >= atLeast && now - lastRequest >= quietMs)) return;
  }
}
