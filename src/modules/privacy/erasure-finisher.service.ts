import { Injectable } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Job } from '../../common/background/job.js';
import { ErasureFacade } from './facade/erasure.facade.js';

const LOOK_MS = 5_000;
/** An erasure that is requested while another one fails waits no longer than this. */
const RETRY_MAXIMUM_MS = 1_000;

/** Continues erasures that are due. One that fails is due again later, in any process. */
@Injectable()
export class ErasureFinisher {
  private readonly job: Job;

  constructor(background: BackgroundJobs, erasure: ErasureFacade) {
    this.job = background.task({
      name: 'erasure-finisher',
      everyMs: LOOK_MS,
      retryMaximumMs: RETRY_MAXIMUM_MS,
      run: async () => ((await erasure.resume()) ? 'more' : 'done'),
      failure: { level: 'error', msg: 'an erasure was not finished' },
      runsUntilRequestsEnd: true,
    });
  }

  /** Starts a run at once: an erasure was requested. */
  nudge(): void {
    this.job.nudge();
  }
}
