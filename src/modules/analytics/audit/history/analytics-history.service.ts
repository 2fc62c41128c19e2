import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundJobs } from '../../../../common/background/background-jobs.service.js';
import type { Progress } from '../../../../common/background/job.js';
import { BuildHistoryFacade } from './build-history.facade.js';
import type { HistoryState } from './building.js';
import { builtPortions, figuresAreBuilt } from './history.metrics.js';

/** How often a process looks whether there is something to build, and whether a process is there that does not journal. */
const LOOK_MS = 10_000;

/** Builds the figures of analytics from the records, in the background, where they are not built yet. */
@Injectable()
export class AnalyticsHistory {
  private readonly logger = new Logger(AnalyticsHistory.name);

  constructor(
    background: BackgroundJobs,
    private readonly facade: BuildHistoryFacade,
  ) {
    background.task({
      name: 'analytics-history',
      everyMs: LOOK_MS,
      run: (signal) => this.look(signal),
      failure: { level: 'error', msg: 'analytics were not built' },
    });
  }

  private async look(signal: AbortSignal): Promise<Progress> {
    const state = await this.facade.state();
    if (!state) return 'done';
    figuresAreBuilt.set(Number(state.isBuilt));
    if (state.obstacle === 'former-processes') await this.doubt(state);
    if (state.isBuilt || state.obstacle) return 'done';
    return this.build(signal);
  }

  private async build(signal: AbortSignal): Promise<Progress> {
    const begunAt = performance.now();
    const step = await this.facade.step();
    if (step === 'nothing') return 'done';
    builtPortions.inc({ walk: step.walk });
    if (!step.isLast) {
      await this.rest(performance.now() - begunAt, signal);
      return 'more';
    }
    figuresAreBuilt.set(1);
    this.logger.log({ msg: 'analytics are built' });
    return 'done';
  }

  /** As long as it worked: folders, too, need the lock that a portion holds. */
  private async rest(milliseconds: number, signal: AbortSignal): Promise<void> {
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  }

  private async doubt({ isBuilt, building }: HistoryState): Promise<void> {
    if (!isBuilt && !building) return;
    await this.facade.doubt();
    if (!isBuilt) return;
    figuresAreBuilt.set(0);
    this.logger.warn({ msg: 'a process that does not journal is here: analytics are built anew' });
  }
}
