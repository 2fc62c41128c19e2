import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { FoldingProxy, type Folded } from './proxy/folding.proxy.js';

const NOTHING: Folded = { rows: 0, moves: 0, isFull: false };

/**
 * Folds rows of the journal, each exactly once: they leave the journal in the transaction that adds their moves to the
 * figures. The lock of the state is taken by a statement of its own, so that the next one sees what the folder before
 * committed.
 */
@Injectable()
export class FoldJournalFacade {
  constructor(
    private readonly transactions: Transactions,
    private readonly proxy: FoldingProxy,
  ) {}

  /** @param rows how many at most. @returns how much was folded: nothing while another process folds */
  fold(rows: number): Promise<Folded> {
    return this.transactions.run(async () => {
      const state = await this.proxy.lockState();
      return state ? this.proxy.fold(rows, state) : NOTHING;
    });
  }
}
