import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import type { BatchResults } from '../changes/batch-results.js';
import type { ProgressChange } from '../changes/progress-change.js';
import { answerOf, reviveRecord } from '../progress-record.js';
import { BatchOvertakenError } from './progress-write.errors.js';
import { findResults, forgetResults, oldResults, saveResults } from './sql/idempotency.js';

/** Stores the first results of requests with keys. */
@Injectable()
export class IdempotencyProxy {
  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
  ) {}

  async load(changes: readonly ProgressChange[], results: BatchResults): Promise<void> {
    const keys = changes.flatMap((change) =>
      change.kind === 'addWatchTime' && change.idempotencyKey !== undefined
        ? [{ userId: change.userId, key: change.idempotencyKey }]
        : [],
    );
    if (keys.length === 0) return;
    const rows = await this.database.query(findResults, [
      JSON.stringify(keys.map(({ userId, key }) => ({ user_id: userId, key }))),
      this.placement.name(keys),
    ]);
    for (const { result, ...row } of rows) {
      results.save({ ...row, record: reviveRecord(result), isNew: false });
    }
  }

  /** @param now the transaction's time */
  async save(results: BatchResults, now: Date): Promise<void> {
    const rows = results.added().map(({ userId, key, fingerprint, record }) => ({
      user_id: userId,
      key,
      fingerprint,
      result: answerOf(record),
    }));
    if (rows.length === 0) return;
    const saved = await this.database.query(saveResults, [JSON.stringify(rows), now]);
    if (saved.length !== rows.length) throw new BatchOvertakenError();
  }

  /** Deletes some results that are older than a day. @returns how many */
  async forget(): Promise<number> {
    const old = await this.database.query(oldResults, []);
    let forgotten = 0;
    for (const results of this.placement.divide(old)) {
      const pairs = [results.map(({ userId }) => userId), results.map(({ key }) => key)];
      forgotten += (await this.database.query(forgetResults, pairs)).length;
    }
    return forgotten;
  }
}
