import { Logger } from '@nestjs/common';
import {
  createLocalJWKSet,
  errors,
  type CryptoKey,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
} from 'jose';
import { ServiceUnavailableError } from '../../common/errors/service-error.js';
import { keyFetches } from './auth.metrics.js';
import { fetchKeyList } from './key-list.js';

/** Older keys are fetched again, while they go on being used. */
const FRESH_MS = 60_000;
/**
 * Still older ones are not used before that fetch has ended: nobody may have asked for a while. After a failed fetch
 * they are, for as long, or everybody would wait for a key server that does not answer.
 */
const WAIT_AFTER_MS = 2 * FRESH_MS;
/** While they cannot be fetched, keys are used for a day. */
const KEPT_MS = 86_400_000;
/** The shortest time between two fetches of keys because of an unknown key id. */
const COOLDOWN_MS = 30_000;
/** After keys could not be fetched, the shortest time until the next attempt: without keys nobody is let in. */
const RESPITE_MS = { withKeys: 10_000, withoutKeys: 1_000 };

type FindKey = (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>;

interface Keys {
  readonly find: FindKey;
  /** The keys as text, to tell whether others came. */
  readonly text: string;
  /** Both by `performance.now()`. */
  readonly fetchedAt: number;
}

/**
 * The public keys of a key server. Keys that were fetched stay in use until others come, or for a day: an empty or
 * unusable list, or no answer, must not lock out everybody.
 */
export class RemoteKeys {
  private readonly logger = new Logger(RemoteKeys.name);
  private keys: Keys | null = null;
  private failedAt = -Infinity;
  private fetching: Promise<void> | null = null;

  /** @param onChange is called when other keys than before have come: what the old ones proved may be wrong now. */
  constructor(
    private readonly url: URL,
    private readonly onChange: () => void,
  ) {}

  /** Fetches keys that are no longer fresh, in the background. Costs nothing otherwise. */
  refresh(): void {
    if (this.keys && this.age() > FRESH_MS && !this.isInRespite()) void this.fetch();
  }

  /**
   * @throws JWKSNoMatchingKey, JWKSMultipleMatchingKeys: the fault of the token.
   * @throws ServiceUnavailableError when the keys, or perhaps the right one of them, could not be fetched.
   */
  readonly find: FindKey = async (header, token) => {
    if (this.mustWait() && !this.isInRespite()) await this.fetch();
    try {
      return await this.usable().find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    }
    // Perhaps the key is new. Tokens with made-up key ids must not cause a flood of fetches.
    if (this.age() > COOLDOWN_MS && !this.isInRespite()) await this.fetch();
    if (this.failedAt > this.usable().fetchedAt) throw new ServiceUnavailableError();
    return this.usable().find(header, token);
  };

  private usable(): Keys {
    if (!this.keys || !this.areKept()) throw new ServiceUnavailableError();
    return this.keys;
  }

  private areKept(): boolean {
    return this.age() <= KEPT_MS;
  }

  private mustWait(): boolean {
    return !this.areKept() || Math.min(this.age(), this.sinceFailure()) > WAIT_AFTER_MS;
  }

  private age(): number {
    return this.keys ? performance.now() - this.keys.fetchedAt : Infinity;
  }

  private isInRespite(): boolean {
    return this.sinceFailure() < RESPITE_MS[this.areKept() ? 'withKeys' : 'withoutKeys'];
  }

  private sinceFailure(): number {
    return performance.now() - this.failedAt;
  }

  private fetch(): Promise<void> {
    return (this.fetching ??= this.fetchNow().finally(() => (this.fetching = null)));
  }

  private async fetchNow(): Promise<void> {
    try {
      const list = await fetchKeyList(this.url);
      const text = JSON.stringify(list.keys.map((key) => JSON.stringify(key)).sort());
      const before = this.keys;
      this.keys = { find: createLocalJWKSet(list), text, fetchedAt: performance.now() };
      keyFetches.inc({ outcome: 'fetched' });
      if (before && before.text !== text) this.changed(list.keys.length);
    } catch (error) {
      this.failedAt = performance.now();
      keyFetches.inc({ outcome: 'failed' });
      const kept = this.areKept();
      this.logger.warn({ msg: 'the keys of tokens could not be fetched', kept, err: error });
    }
  }

  private changed(keys: number): void {
    this.logger.log({ msg: 'the keys of tokens have changed', keys });
    this.onChange();
  }
}
