import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { claimUnderLease } from '../../../common/background/lease.js';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import type { RowOf } from '../../../common/database/statement.js';
import type { OutboxEntry } from '../outbox-entry.js';
import type { Topic } from '../topics.js';
import { claimDueOf, dueLearners } from './sql/claim-due-of.js';
import { claimDue, ENTRY_COLUMNS } from './sql/claim-due.js';
import { outboxDepth } from './sql/outbox-depth.js';
import { settlePublished } from './sql/settle-published.js';
import { settleRetry } from './sql/settle-retry.js';

export interface OutboxDepth {
  topic: string;
  pending: number;
  parked: number;
  /** Age of the oldest waiting row. */
  oldestSeconds: number;
}

/**
 * The outbox. Each `settle…` returns whether it settled: not when the lease was lost, since then the new holder
 * settles.
 */
@Injectable()
export class OutboxProxy {
  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
  ) {}

  async claim(
    limit: number,
    leaseSeconds: number,
    topics: readonly Topic[],
  ): Promise<OutboxEntry[]> {
    return claimUnderLease(leaseSeconds, () =>
      this.placement.isOne
        ? this.database.query(claimDue, [limit, leaseSeconds, topics])
        : this.claimPlaceByPlace(limit, leaseSeconds, topics),
    );
  }

  /** Rows that other processes skip while we claim them can be locked in one place at a time only. */
  private async claimPlaceByPlace(limit: number, leaseSeconds: number, topics: readonly Topic[]) {
    const due = await this.database.query(dueLearners, [limit, topics]);
    const claimed: RowOf<typeof ENTRY_COLUMNS>[] = [];
    for (const learners of this.placement.divide(due)) {
      const userIds = learners.map(({ userId }) => userId);
      const left = limit - claimed.length;
      const values = [left, leaseSeconds, topics, randomUUID(), userIds];
      if (left > 0) claimed.push(...(await this.database.query(claimDueOf, values)));
    }
    return claimed;
  }

  async settlePublished({ userId, id, leaseToken }: OutboxEntry): Promise<boolean> {
    const rows = await this.database.query(settlePublished, [userId, id, leaseToken]);
    return rows.length === 1;
  }

  async settleRetry(
    { userId, id, leaseToken }: OutboxEntry,
    delayMs: number,
    error: string,
  ): Promise<boolean> {
    const rows = await this.database.query(settleRetry, [userId, id, leaseToken, delayMs, error]);
    return rows.length === 1;
  }

  depth(): Promise<OutboxDepth[]> {
    return this.database.query(outboxDepth, []);
  }
}
