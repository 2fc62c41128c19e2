import { pairName } from '../pair-name.js';
import type { ProgressRecord } from '../progress-record.js';

/** The first result of a request with an idempotency key. */
interface FirstResult {
  userId: string;
  key: string;
  /** The request's arguments. The same key with other arguments is refused. */
  fingerprint: string;
  record: ProgressRecord;
  isNew: boolean;
}

/** The first results of a batch's requests with keys. */
export class BatchResults {
  private readonly results = new Map<string, FirstResult>();

  find(userId: string, key: string): FirstResult | null {
    return this.results.get(pairName(userId, key)) ?? null;
  }

  /** Adds a result as it was read, or a new one. */
  save(result: FirstResult): void {
    this.results.set(pairName(result.userId, result.key), result);
  }

  added(): FirstResult[] {
    return [...this.results.values()].filter(({ isNew }) => isNew);
  }
}
