import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { OutboxEntry } from '../../outbox/outbox-entry.js';
import { markRequested } from './sql/mark-requested.js';
import { settleIssued } from './sql/settle-issued.js';
import { settleParked } from './sql/settle-parked.js';

/**
 * Stores the state of a certificate's request. Each `settle…` returns whether it settled: not when the lease was lost,
 * since then the new holder settles.
 */
@Injectable()
export class CertificateRequestProxy {
  constructor(private readonly database: Database) {}

  /**
   * Stores when the certificate service was first asked. Call it before each request.
   * @returns whether it may be requested only once the check can be trusted
   */
  async markRequested({ userId, courseId }: OutboxEntry): Promise<{ mustCheck: boolean }> {
    const [certificate] = await this.database.query(markRequested, [userId, courseId]);
    return certificate ?? { mustCheck: false };
  }

  async settleIssued({ userId, id, leaseToken }: OutboxEntry): Promise<boolean> {
    const rows = await this.database.query(settleIssued, [userId, id, leaseToken]);
    return rows.length === 1;
  }

  async settleParked({ userId, id, leaseToken }: OutboxEntry, reason: string): Promise<boolean> {
    const rows = await this.database.query(settleParked, [userId, id, leaseToken, reason]);
    return rows.length === 1;
  }
}
