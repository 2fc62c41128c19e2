import { Injectable } from '@nestjs/common';
import { Placement } from '../../../common/database/placement/placement.js';
import { Transactions } from '../../../common/database/transactions.js';
import { AnalyticsAuditProxy } from './proxy/analytics-audit.proxy.js';

/** How long one statement may take: a lesson with a million learners takes some seconds. */
export const PATIENCE_MS = 600_000;

/**
 * Reads figures, records and the journal as of one moment.
 *
 * Where the database is distributed, no snapshot is of one moment on all machines. The figures, which are on the
 * coordinator, stand still there: folders are kept away meanwhile. Of the other machines, each is read as of a moment of
 * its own. That is enough, since a change and its moves are on one machine.
 */
@Injectable()
export class OneMoment {
  constructor(
    private readonly transactions: Transactions,
    private readonly placement: Placement,
    private readonly proxy: AnalyticsAuditProxy,
  ) {}

  /** Compares: the work must only read. */
  read<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.transactions.patiently(PATIENCE_MS, async () => {
      if (this.placement.isOne) {
        await this.proxy.beginSnapshot();
        return work();
      }
      await this.proxy.waitForState();
      return this.onEachMachine(work);
    });
  }

  /**
   * Writes figures, in a transaction that has locked the state. Where the database is distributed, the work is committed
   * before that transaction, so it must be such that it may be done twice.
   */
  write<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.placement.isOne ? work() : this.onEachMachine(work);
  }

  private onEachMachine<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.transactions.apart(() =>
      this.transactions.patiently(PATIENCE_MS, async () => {
        await this.proxy.beginMomentOfEachMachine();
        return work();
      }),
    );
  }
}
