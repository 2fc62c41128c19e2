import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { OneMoment, PATIENCE_MS } from './one-moment.facade.js';
import {
  AnalyticsAuditProxy,
  FIRST,
  type FoundDifferences,
  type Portion,
} from './proxy/analytics-audit.proxy.js';

/**
 * Compares the figures of analytics with a recount, and makes them equal, in bounded portions, while others write and
 * fold.
 *
 * Both rest on one equation, which holds in every snapshot of right figures: **figures + journal = recount**. A change
 * and its moves are committed together, and a fold takes moves out of the journal in the transaction that adds them to
 * the figures.
 *
 * To compare, a portion is read as of one moment (`OneMoment`, which is more than a snapshot on a distributed database).
 *
 * To rebuild, a portion's figures are set to *recount − journal*, as one statement sees both, under the lock of folders.
 * A change that commits after the statement's snapshot is in neither the recount nor the journal that it saw. Its moves
 * stay in the journal until this transaction has ended, since nobody else folds, and are added by a fold after it: they
 * are neither lost nor doubled. What the figures were before does not matter, so a rebuild of a portion may be killed, or
 * done twice. Other portions do not matter either: a check counts one table from others, and has that table's portion
 * whole.
 */
@Injectable()
export class AnalyticsAuditFacade {
  constructor(
    private readonly transactions: Transactions,
    private readonly proxy: AnalyticsAuditProxy,
    private readonly moment: OneMoment,
  ) {}

  /** Whether there are figures to compare: not before they were built from the records. */
  isBuilt(): Promise<boolean> {
    return this.proxy.isBuilt();
  }

  /** Portion by portion, what is not as it should be. */
  async *differences(): AsyncGenerator<FoundDifferences & { portion: Portion }> {
    for (let next: typeof FIRST | null = FIRST; next !== null;) {
      const { walk, after }: typeof FIRST = next;
      const found = await this.compare(walk, after);
      yield found;
      next = this.proxy.next(found.portion);
    }
  }

  /** Makes the portion as it should be. @returns how many rows were not */
  rebuild(portion: Portion): Promise<number> {
    return this.transactions.patiently(PATIENCE_MS, async () => {
      await this.proxy.waitForState();
      await this.proxy.figuresChange();
      return this.moment.write(() => this.proxy.rebuild(portion));
    });
  }

  private compare(walk: string, after: string): Promise<FoundDifferences & { portion: Portion }> {
    return this.moment.read(async () => {
      const portion = await this.proxy.portion(walk, after);
      return { portion, ...(await this.proxy.differences(portion)) };
    });
  }
}
