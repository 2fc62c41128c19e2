import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { ProgressWriteProxy } from '../proxy/progress-write.proxy.js';
import { ReconcileFacade } from '../write/reconcile.facade.js';
import {
  RollupAuditProxy,
  type AuditScope,
  type RollupDifference,
} from './proxy/rollup-audit.proxy.js';

const PORTION = 2_000;
const REPAIR_PORTION = 200;

/** Compares rollups with the sums of their rows, in bounded portions, while the service runs. */
@Injectable()
export class RollupAuditFacade {
  constructor(
    private readonly proxy: RollupAuditProxy,
    private readonly writes: ProgressWriteProxy,
    private readonly reconciling: ReconcileFacade,
    private readonly transactions: Transactions,
  ) {}

  /** The differences, portion by portion. `onPortion` gets the approximate number of rollups checked so far. */
  async *differences(
    scope: AuditScope,
    options: { certificatesToo: boolean; onPortion?: (lookedAt: number) => void },
  ): AsyncGenerator<RollupDifference[]> {
    if (scope.userId !== undefined) {
      const everybody = { after: '', upTo: null };
      yield await this.proxy.differences(everybody, scope, options.certificatesToo);
      return;
    }
    let after: string | null = '';
    for (let portions = 1; after !== null; portions += 1) {
      const portion = await this.proxy.portion(after, PORTION);
      yield await this.proxy.differences(portion, scope, options.certificatesToo);
      options.onPortion?.(portions * PORTION);
      after = portion.upTo;
    }
  }

  estimate(): Promise<number> {
    return this.proxy.estimate();
  }

  /**
   * Brings records home, sets the rollups to the sums of their rows, and requests the certificates that follow from
   * that.
   */
  async repair(differences: readonly RollupDifference[]): Promise<void> {
    for (let start = 0; start < differences.length; start += REPAIR_PORTION) {
      const portion = differences.slice(start, start + REPAIR_PORTION);
      await this.reconciling.reconcile(await this.reconciling.misplaced(portion));
      await this.transactions.run(async () => {
        await this.proxy.rebuild(portion);
        await this.writes.recount(portion, 'current');
        await this.proxy.requestMissingCertificates(portion);
      });
    }
  }
}
