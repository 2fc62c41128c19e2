import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { BatchState } from '../changes/batch-state.js';
import type { ProgressChange } from '../changes/progress-change.js';
import type { ProgressRecord } from '../progress-record.js';
import { BatchOvertakenError } from './progress-write.errors.js';
import { findResults, forgetResults, saveResults } from './sql/idempotency.js';

interface ResultRow {
  user_id: string;
  key: string;
  fingerprint: string;
  result: Stringly<ProgressRecord>;
}

/** As JSON has it: dates are texts. */
type Stringly<T> = {
  [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K];
};

/** The first results of keyed requests. */
@Injectable()
export class IdempotencyProxy {
  constructor(private readonly database: Database) {}

  async load(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const keys = changes.flatMap((change) =>
      change.kind === 'addWatchTime' && change.idempotencyKey !== undefined
        ? [{ user_id: change.userId, key: change.idempotencyKey }]
        : [],
    );
    if (keys.length === 0) return;
    const rows = await this.database.query<ResultRow>(findResults, [JSON.stringify(keys)]);
    for (const row of rows) {
      state.loadResult({
        userId: row.user_id,
        key: row.key,
        fingerprint: row.fingerprint,
        record: revive(row.result),
        isNew: false,
      });
    }
  }

  async save(state: BatchState): Promise<void> {
    const results = state.newResults().map(({ userId, key, fingerprint, record }) => ({
      user_id: userId,
      key,
      fingerprint,
      result: record,
    }));
    if (results.length === 0) return;
    const saved = await this.database.query(saveResults, [JSON.stringify(results)]);
    if (saved.length !== results.length) throw new BatchOvertakenError();
  }

  /** Forgets some of what is older than a day, and says how many that were. */
  async forget(): Promise<number> {
    return (await this.database.query(forgetResults, [])).length;
  }
}

function revive(result: Stringly<ProgressRecord>): ProgressRecord {
  const date = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return {
    ...result,
    completedAt: date(result.completedAt),
    positionAt: date(result.positionAt),
    createdAt: new Date(result.createdAt),
    updatedAt: new Date(result.updatedAt),
    deletedAt: date(result.deletedAt),
  };
}
