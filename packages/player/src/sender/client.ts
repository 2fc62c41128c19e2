import type { Clock } from '../clock.js';
import type { Settings } from '../options.js';
import { replyOf, type Reply } from './reply.js';

const TIMEOUT_MS = 15_000;
/** A browser takes 65,535 bytes of all requests that outlive a page together. */
const KEEPALIVE_BYTES = 60_000;

export interface Operation {
  query: string;
  variables?: object;
}

/** Asks the service, under the learner's token. Nothing here fails: what does not arrive has an empty reply. */
export interface Client {
  ask(operation: Operation): Promise<Reply>;
  /**
   * Sends something that outlives the page, before this returns: after an `await` a page that is being left sends
   * nothing any more.
   *
   * @returns undefined when it is not sent, for want of a token or of room
   */
  askLeaving(operation: Operation): Promise<Reply> | undefined;
}

let bytesUnderWay = 0;

export function createClient(
  { endpoint, getToken }: Pick<Settings, 'endpoint' | 'getToken'>,
  { running, learn }: Clock,
): Client {
  let token: string | undefined;

  const failed = (): Reply => ({});
  const renew = async (refresh: boolean) => {
    token = await getToken({ refresh });
  };
  const send = async (body: string, keepalive?: boolean): Promise<Reply> => {
    const sentAt = running();
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
      keepalive,
      signal: keepalive ? null : AbortSignal.timeout(TIMEOUT_MS),
    });
    learn(response.headers.get('date'), 1_000, sentAt);
    const reply = await replyOf(response);
    learn(reply.data?.recordWatch?.serverTime, 1, sentAt);
    return reply;
  };
  const ask = async (operation: Operation, refresh = false): Promise<Reply> => {
    await renew(refresh);
    const reply = await send(JSON.stringify(operation));
    return reply.code === 'UNAUTHENTICATED' && !refresh ? ask(operation, true) : reply;
  };
  // The page may be left before anything was sent.
  void renew(false).catch(failed);
  return {
    ask: (operation) => ask(operation).catch(failed),
    askLeaving(operation) {
      const body = JSON.stringify(operation);
      const { length } = body;
      if (!token || bytesUnderWay + length > KEEPALIVE_BYTES) return undefined;
      bytesUnderWay += length;
      return send(body, true)
        .catch(failed)
        .finally(() => (bytesUnderWay -= length));
    },
  };
}
