import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Job } from '../../common/background/job.js';
import { NatsService } from '../../common/nats/nats.service.js';
import { CertificateCheck } from './certificate-check.js';

const DAY_MS = 86_400_000;
/** A check that did not answer is tried out again within this time, also when NATS reconnects meanwhile. */
const RETRY_MAXIMUM_MS = 60_000;

/** Probes the certificate service's check at each connection to NATS, also the first, and every day. */
@Injectable()
export class CertificateCheckListener implements OnModuleInit {
  private readonly probing: Job;

  constructor(
    check: CertificateCheck,
    background: BackgroundJobs,
    private readonly nats: NatsService,
  ) {
    this.probing = background.task({
      name: 'certificate-check',
      everyMs: DAY_MS,
      retryMaximumMs: RETRY_MAXIMUM_MS,
      run: async () => {
        if (this.nats.canAsk('certificates')) await check.probe();
        return 'done';
      },
      failure: { level: 'warn', msg: 'certificate check was not tried out' },
    });
  }

  onModuleInit(): void {
    this.nats.onConnected(() => this.probing.nudge());
  }
}
