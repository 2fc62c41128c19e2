import { Injectable } from '@nestjs/common';
import { BackgroundJobs } from '../../../common/background/background-jobs.service.js';
import { IdempotencyProxy } from '../proxy/idempotency.proxy.js';

const INTERVAL_MS = 60_000;

/** Deletes idempotency keys that are too old to be asked for, some at a time. */
@Injectable()
export class IdempotencyKeyCleanup {
  constructor(background: BackgroundJobs, idempotency: IdempotencyProxy) {
    background.task({
      name: 'idempotency-key-cleanup',
      everyMs: INTERVAL_MS,
      run: async () => ((await idempotency.forget()) > 0 ? 'more' : 'done'),
      failure: { level: 'warn', msg: 'old idempotency keys were not deleted' },
    });
  }
}
