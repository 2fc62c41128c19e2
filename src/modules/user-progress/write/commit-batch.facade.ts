import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { applyChange, type ChangeRules } from '../changes/apply-change.js';
import type { ChangeOutcome, ProgressChange } from '../changes/progress-change.js';
import { BatchLockProxy } from '../proxy/batch-lock.proxy.js';
import { ProgressWriteProxy, type WriteSummary } from '../proxy/progress-write.proxy.js';
import { canCommitUnread } from './can-commit-unread.js';
import { changeRules } from './change-rules.js';

/** The result of one change of a batch. */
export type ChangeResult = { ok: true; outcome: ChangeOutcome } | { ok: false; error: unknown };

export interface BatchResult {
  results: ChangeResult[];
  summary: WriteSummary;
}

/** The transaction around a batch of changes: all of it is stored, or none. */
@Injectable()
export class CommitBatchFacade {
  private readonly rules: ChangeRules;
  private readonly trigger: Environment['CERTIFICATE_TRIGGER'];

  constructor(
    private readonly locks: BatchLockProxy,
    private readonly writes: ProgressWriteProxy,
    private readonly transactions: Transactions,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.trigger = environment.CERTIFICATE_TRIGGER;
    this.rules = changeRules(environment);
  }

  /**
   * Applies the changes in their order. One that breaks a rule fails alone, with its own error. An error of the
   * database rolls everything back and is thrown.
   */
  commit(changes: readonly ProgressChange[]): Promise<BatchResult> {
    return this.transactions.run(() => this.lockApplyWrite(changes));
  }

  private async lockApplyWrite(changes: readonly ProgressChange[]): Promise<BatchResult> {
    const state = await this.locks.lock(changes);
    const results = changes.map((change): ChangeResult => {
      try {
        return { ok: true, outcome: applyChange(change, state, this.rules) };
      } catch (error) {
        return { ok: false, error };
      }
    });
    const writing = this.writes.write(state, this.trigger);
    if (canCommitUnread(state)) this.transactions.pipelineCommit();
    const summary = await writing;
    return { results, summary };
  }
}
