import { Injectable } from '@nestjs/common';
import { BackgroundJobs } from '../../../common/background/background-jobs.service.js';
import { DailyWalk } from '../../../common/background/daily-walk.js';
import { FoldingProxy, type DayPosition } from './proxy/folding.proxy.js';

const INTERVAL_MS = 60_000;

/** Deletes learners' days older than ANALYTICS_DAYS_KEPT: each process walks all of them once a day. */
@Injectable()
export class DayCleanup {
  constructor(background: BackgroundJobs, proxy: FoldingProxy) {
    const walk = new DailyWalk<DayPosition>((after) => proxy.forgetDays(after));
    background.task({
      name: 'learner-day-cleanup',
      everyMs: INTERVAL_MS,
      run: async (signal) => {
        await walk.goOn(signal);
        return 'done';
      },
      failure: { level: 'warn', msg: 'old days of learners were not deleted' },
    });
  }
}
