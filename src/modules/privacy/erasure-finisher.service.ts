import { Injectable } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Job } from '../../common/background/job.js';
import { ErasureFacade } from './facade/erasure.facade.js';

const LOOK_MS = 5_000;

/** Goes on with erasures that are due. One that breaks off is due again later, in whichever process looks first. */
@Injectable()
export class ErasureFinisher {
  private readonly job: Job;

  constructor(background: BackgroundJobs, erasure: ErasureFacade) {
    this.job = background.task({
      name: 'erasure-finisher',
      everyMs: LOOK_MS,
      run: async () => ((await erasure.resume()) ? 'more' : 'done'),
      failure: { level: 'error', msg: 'an erasure was not finished' },
      runsUntilRequestsEnd: true,
    });
  }

  /** An erasure was requested: it need not wait for the next look. */
  nudge(): void {
    this.job.nudge();
  }
}
