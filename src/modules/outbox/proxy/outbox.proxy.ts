import { Injectable } from '@nestjs/common';
import { claimUnderLease } from '../../../common/background/lease.js';
import { Database } from '../../../common/database/database.js';
import type { OutboxEntry } from '../outbox-entry.js';
import type { Topic } from '../topics.js';
import { claimDue } from './sql/claim-due.js';
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
  constructor(private readonly database: Database) {}

  async claim(
    limit: number,
    leaseSeconds: number,
    topics: readonly Topic[],
  ): Promise<OutboxEntry[]> {
    return claimUnderLease(leaseSeconds, () =>
      this.database.query(claimDue, [limit, leaseSeconds, topics]),
    );
  }

  async settlePublished({ id, leaseToken }: OutboxEntry): Promise<boolean> {
    const rows = await this.database.query(settlePublished, [id, leaseToken]);
    return rows.length === 1;
  }

  async settleRetry(
    { id, leaseToken }: OutboxEntry,
    delayMs: number,
    error: string,
  ): Promise<boolean> {
    const rows = await this.database.query(settleRetry, [id, leaseToken, delayMs, error]);
    return rows.length === 1;
  }

  depth(): Promise<OutboxDepth[]> {
    return this.database.query(outboxDepth, []);
  }
}
