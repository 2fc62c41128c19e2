import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackgroundJobs } from '../../../common/background/background-jobs.service.js';
import type { Progress } from '../../../common/background/job.js';
import { FoldJournalFacade } from './fold-journal.facade.js';
import { FoldPace } from './fold-pace.js';
import { foldedMoves, observeJournal } from './folding.metrics.js';
import { FoldingProxy } from './proxy/folding.proxy.js';

/** A look at an empty journal costs one short statement. Nobody nudges: to fold single rows would cost more. */
const LOOK_MS = 1_000;
const RETRY_MAXIMUM_MS = 10_000;

/** Folds what was journalled, in the background. Every process looks; one at a time folds. */
@Injectable()
export class AnalyticsFolder implements OnApplicationBootstrap {
  private readonly logger = new Logger(AnalyticsFolder.name);
  private readonly pace = new FoldPace();

  constructor(
    background: BackgroundJobs,
    private readonly facade: FoldJournalFacade,
    private readonly proxy: FoldingProxy,
  ) {
    background.task({
      name: 'analytics-folding',
      everyMs: LOOK_MS,
      retryMaximumMs: RETRY_MAXIMUM_MS,
      run: (signal) => this.fold(signal),
      failure: { level: 'error', msg: 'analytics were not folded' },
    });
  }

  onApplicationBootstrap(): void {
    observeJournal(
      async () => (await this.proxy.oldestSeconds()) ?? 0,
      (error) => this.logger.warn({ msg: 'age of the analytics journal was not read', err: error }),
    );
  }

  private async fold(signal: AbortSignal): Promise<Progress> {
    const askedAt = performance.now();
    if ((await this.proxy.oldestSeconds()) === null) return 'done';
    const begunAt = performance.now();
    const { rows, moves, isFull } = await this.facade
      .fold(this.pace.rows)
      .catch((error: unknown) => {
        this.pace.shrink();
        throw error;
      });
    foldedMoves.inc(moves);
    if (!isFull) return 'done';
    await rest(this.pace.rest(rows, performance.now() - begunAt, begunAt - askedAt), signal);
    return 'more';
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
