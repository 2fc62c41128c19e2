import type { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { KEPT_ALIVE_MS } from '../../common/request/kept-alive.js';

const LOOK_EVERY_MS = 100;
/** For the last request of a connection, which may begin just before its time is over. */
const LAST_REQUEST_MS = 5_000;

/**
 * Resolves when the server has no connection any more: each has ended with an answer, or because it was idle for as long
 * as clients may expect. Clients that know nothing of the end go on sending, so closing sooner would cut requests off.
 */
export async function untilUnconnected(server: Server): Promise<void> {
  const count = promisify(server.getConnections.bind(server));
  const atMost = performance.now() + KEPT_ALIVE_MS + LAST_REQUEST_MS;
  while (performance.now() < atMost && (await count()) > 0) await sleep(LOOK_EVERY_MS);
}
