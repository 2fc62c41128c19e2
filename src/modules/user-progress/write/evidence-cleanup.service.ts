import { Injectable } from '@nestjs/common';
import { BackgroundJobs } from '../../../common/background/background-jobs.service.js';
import {
  EvidenceCleanupProxy,
  type HourPosition,
  type SessionPosition,
} from '../proxy/evidence-cleanup.proxy.js';
import { DailyWalk } from '../../../common/background/daily-walk.js';

const INTERVAL_MS = 60_000;

/** Deletes sessions and hours of clocks that no beat can need any more: each process walks all of them once a day. */
@Injectable()
export class EvidenceCleanup {
  constructor(background: BackgroundJobs, proxy: EvidenceCleanupProxy) {
    const walks = [
      new DailyWalk<SessionPosition>((after) => proxy.forgetSessions(after)),
      new DailyWalk<HourPosition>((after) => proxy.forgetHours(after)),
    ];
    background.task({
      name: 'evidence-cleanup',
      everyMs: INTERVAL_MS,
      run: async (signal) => {
        for (const walk of walks) await walk.goOn(signal);
        return 'done';
      },
      failure: { level: 'warn', msg: 'old sessions and clock hours were not deleted' },
    });
  }
}
