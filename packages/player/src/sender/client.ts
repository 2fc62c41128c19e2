import type { Clock } from '../clock.js';
import type { Settings } from '../options.js';
import { verdictOf, type Verdict } from './verdict.js';

const TIMEOUT_MS = 15_000;
/** A browser takes 65,535 bytes of all requests that outlive a page together. */
const KEEPALIVE_BYTES = 60_000;

export interface Operation {
  query: string;
  variables?: object;
}

let bytesUnderWay = 0;

/** Asks the service, under the learner's token. */
export class Client {
  private token: string | undefined;

  constructor(
    private readonly settings: Pick<Settings, 'endpoint' | 'getToken'>,
    private readonly clock: Clock,
  ) {}

  /** Gets a token for a page that may be left before it was needed. */
  async prepare(): Promise<void> {
    await this.renewToken(false).catch(() => {});
  }

  /** Never fails: what does not arrive is to be sent later. */
  async ask<Data>(operation: Operation, refresh = false): Promise<Verdict<Data>> {
    try {
      await this.renewToken(refresh);
      const verdict = await this.send<Data>(JSON.stringify(operation));
      return verdict.kind === 'unauthenticated' && !refresh
        ? await this.ask(operation, true)
        : verdict;
    } catch {
      return { kind: 'later' };
    }
  }

  /**
   * Sends something that outlives the page, before this returns: after an `await` a page that is being left sends
   * nothing any more.
   *
   * @returns undefined when it is not sent, for want of a token or of room
   */
  askFromLeavingPage<Data>(operation: Operation): Promise<Verdict<Data>> | undefined {
    const body = JSON.stringify(operation);
    if (this.token === undefined || bytesUnderWay + body.length > KEEPALIVE_BYTES) return undefined;
    bytesUnderWay += body.length;
    return this.send<Data>(body, true)
      .catch((): Verdict<Data> => ({ kind: 'later' }))
      .finally(() => (bytesUnderWay -= body.length));
  }

  private async renewToken(refresh: boolean): Promise<void> {
    this.token = await this.settings.getToken({ refresh });
  }

  private async send<Data>(body: string, keepalive = false): Promise<Verdict<Data>> {
    const { clock } = this;
    const sentAt = clock.running();
    const response = await fetch(this.settings.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body,
      keepalive,
      signal: keepalive ? null : AbortSignal.timeout(TIMEOUT_MS),
    });
    clock.learn(Date.parse(response.headers.get('date')!), 1_000, sentAt);
    const verdict = await verdictOf<Data>(response);
    if (verdict.kind === 'done') clock.learn(serverTimeIn(verdict.data), 1, sentAt);
    return verdict;
  }
}

const serverTimeIn = (data: unknown): number =>
  Date.parse((data as { recordWatch?: { serverTime?: string } }).recordWatch?.serverTime ?? '');
