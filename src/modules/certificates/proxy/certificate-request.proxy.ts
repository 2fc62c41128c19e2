import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { OutboxEntry } from '../../outbox/outbox-entry.js';
import { markRequested } from './sql/mark-requested.js';
import { settleIssued } from './sql/settle-issued.js';
import { settleParked } from './sql/settle-parked.js';

/**
 * How far the request for a certificate is. Each `settle…` says whether it settled: not when the lease was lost
 * meanwhile, for then whoever has it now does.
 */
@Injectable()
export class CertificateRequestProxy {
  constructor(private readonly database: Database) {}

  /** Keeps when the certificate service was first asked: to be called before each time. */
  async markRequested({ userId, courseId }: OutboxEntry): Promise<void> {
    await this.database.query(markRequested, [userId, courseId]);
  }

  async settleIssued({ id, leaseToken }: OutboxEntry): Promise<boolean> {
    const rows = await this.database.query(settleIssued, [id, leaseToken]);
    return rows.length === 1;
  }

  async settleParked({ id, leaseToken }: OutboxEntry, reason: string): Promise<boolean> {
    const rows = await this.database.query(settleParked, [id, leaseToken, reason]);
    return rows.length === 1;
  }
}
