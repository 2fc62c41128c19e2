import { Inject, Injectable } from '@nestjs/common';
import { allInOrder } from '../../../common/database/all-in-order.js';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import { parseTimestamp } from '../../../common/database/timestamps.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { erasedUsers } from '../../privacy/proxy/sql/erased-users.js';
import { BatchState } from '../changes/batch-state.js';
import {
  isRecordWatch,
  mayBegin,
  mayReconcile,
  type ProgressChange,
} from '../changes/progress-change.js';
import { IdempotencyProxy } from './idempotency.proxy.js';
import { hourKeys, lessonKeys, sessionKeys } from './lock-keys.js';
import { loadRecord, loadWatched } from './locked-rows.js';
import { homeRecordset } from './recordsets.js';
import { lockRecords, lockWatched } from './sql/lock-batch.js';
import { properHomes } from './sql/proper-homes.js';

/** Locks and reads what a batch may touch. Needs a transaction. */
@Injectable()
export class BatchLockProxy {
  private readonly maxAheadSeconds: number;

  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
    private readonly idempotency: IdempotencyProxy,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.maxAheadSeconds = environment.WATCH_MAX_AHEAD_SECONDS;
  }

  /**
   * Locks and reads everything that the changes may touch. The statements are sent together, and PostgreSQL executes
   * them in this order. All transactions must lock in this order, or they can deadlock.
   */
  async lock(changes: readonly ProgressChange[]): Promise<BatchState> {
    const state = new BatchState();
    for (const part of this.placement.divide(changes)) {
      await allInOrder([
        this.idempotency.load(part, state.results),
        this.lockRows(part, state),
        this.loadHomes(part, state),
        this.loadErased(part, state),
      ]);
    }
    return state;
  }

  private async lockRows(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const records = lessonKeys(changes);
    const watches = changes.filter(isRecordWatch);
    if (watches.length === 0) {
      const [time, ...rows] = await this.database.query(lockRecords, [
        ...records,
        this.placement.name(changes),
      ]);
      setNow(state, time!);
      for (const row of rows) loadRecord(row, state);
      return;
    }
    const hours = hourKeys(watches, this.maxAheadSeconds);
    const keys = [...records, ...hours, ...sessionKeys(watches), this.placement.name(changes)];
    const [time, ...rows] = await this.database.query(lockWatched, keys);
    setNow(state, time!);
    for (const row of rows) loadWatched(row, state);
  }

  /** Sent behind the lock of the records: it reads them as they are then. */
  private async loadHomes(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const reconciling = changes.filter(mayReconcile);
    if (reconciling.length === 0) return;
    const homes = await this.database.query(properHomes, [
      homeRecordset(reconciling),
      this.placement.name(reconciling),
    ]);
    for (const home of homes) state.homes.load(home);
  }

  /** Only a change that may create a record can bring an erased learner back. */
  private async loadErased(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const users = new Set(changes.filter(mayBegin).map(({ userId }) => userId));
    if (users.size === 0) return;
    const erased = await this.database.query(erasedUsers, [[...users]]);
    for (const { userId } of erased) state.erased.add(userId);
  }
}

function setNow(state: BatchState, { now }: { now: string | null }): void {
  state.exactNow = now!;
  state.now = parseTimestamp(now!);
}
