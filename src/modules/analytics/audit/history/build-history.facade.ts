import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../../common/database/transactions.js';
import { OneMoment, PATIENCE_MS } from '../one-moment.facade.js';
import { AnalyticsAuditProxy, FIRST } from '../proxy/analytics-audit.proxy.js';
import { HistoryProxy } from '../proxy/history.proxy.js';
import type { Building, HistoryState } from './building.js';

/** What was done: a portion of that walk, with the last of which the figures are built; or nothing. */
export type BuildingStep = { walk: string; isLast: boolean } | 'nothing';

/**
 * Builds the figures of a platform that had records before it had a journal: by rebuilding each portion, as
 * `progress:rebuild -- --analytics` does. `AnalyticsAuditFacade` says why that is exact while others write and fold. What
 * it needs is that whoever changes a record journals it, from the first portion's snapshot on. So:
 *
 * - A process of a version before has sessions of another name. Building begins when there are none: what they wrote is
 *   committed then, and in every snapshot that follows. It does not matter whether it was journalled.
 * - When such a process appears later, the figures are in doubt: they are not shown, and all portions are built again
 *   when it is gone. One that came and went between two looks is not noticed.
 * - Before the first building, days of learners are said to begin with the next quarter of an hour, and building waits for
 *   it. So what was done until then is in the records that building reads, and what is done later is in the days.
 * - Adoption writes records without a journal, before its process serves. Building waits for its end.
 *
 * Each portion is a transaction that stores which one is next. A process that is killed leaves the whole portion or
 * nothing of it, and another process goes on there.
 */
@Injectable()
export class BuildHistoryFacade {
  constructor(
    private readonly transactions: Transactions,
    private readonly portions: AnalyticsAuditProxy,
    private readonly proxy: HistoryProxy,
    private readonly moment: OneMoment,
  ) {}

  /** Whether the figures are built, and what is in the way; null before analytics has begun. */
  state(): Promise<HistoryState | null> {
    return this.proxy.read();
  }

  /** Begins to build, or builds the next portion. Does nothing beside another process, or while something is in the way. */
  step(): Promise<BuildingStep> {
    return this.transactions.patiently(PATIENCE_MS, async () => {
      if (!(await this.proxy.lockBuilder())) return 'nothing';
      await this.portions.waitForState();
      const state = await this.proxy.read();
      if (!state || state.isBuilt || state.obstacle) return 'nothing';
      if (state.building) return this.build(state.building);
      await this.proxy.begin({ ...FIRST, isAgain: false });
      return 'nothing';
    });
  }

  /** Says that what was built is not exact any more. */
  doubt(): Promise<void> {
    return this.transactions.run(async () => {
      await this.portions.waitForState();
      await this.proxy.doubt({ ...FIRST, isAgain: true });
    });
  }

  private async build({ walk, after, isAgain }: Building): Promise<BuildingStep> {
    const portion = await this.portions.portion(walk, after);
    await this.moment.write(() => this.portions.rebuild(portion));
    const next = this.portions.next(portion);
    if (next) await this.proxy.goOn({ ...next, isAgain });
    else await this.proxy.end();
    return { walk, isLast: next === null };
  }
}
