import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { BatchResults } from '../changes/batch-results.js';
import type { ProgressChange } from '../changes/progress-change.js';
import { answerOf, reviveRecord } from '../progress-record.js';
import { BatchOvertakenError } from './progress-write.errors.js';
import { findResults, forgetResults, saveResults } from './sql/idempotency.js';

/** Stores the first results of requests with keys. */
@Injectable()
export class IdempotencyProxy {
  constructor(private readonly database: Database) {}

  async load(changes: readonly ProgressChange[], results: BatchResults): Promise<void> {
    const keys = changes.flatMap((change) =>
      change.kind === 'addWatchTime' && change.idempotencyKey !== undefined
        ? [{ user_id: change.userId, key: change.idempotencyKey }]
        : [],
    );
    if (keys.length === 0) return;
    const rows = await this.database.query(findResults, [JSON.stringify(keys)]);
    for (const { result, ...row } of rows) {
      results.save({ ...row, record: reviveRecord(result), isNew: false });
    }
  }

  async save(results: BatchResults): Promise<void> {
    const rows = results.added().map(({ userId, key, fingerprint, record }) => ({
      user_id: userId,
      key,
      fingerprint,
      result: answerOf(record),
    }));
    if (rows.length === 0) return;
    const saved = await this.database.query(saveResults, [JSON.stringify(rows)]);
    if (saved.length !== rows.length) throw new BatchOvertakenError();
  }

  /** Deletes some results that are older than a day. @returns how many */
  async forget(): Promise<number> {
    return (await this.database.query(forgetResults, [])).length;
  }
}
