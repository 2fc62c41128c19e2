import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Job } from '../../common/background/job.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { OutboxDelivery } from './outbox-delivery.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { observeOutbox } from './outbox.metrics.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';
import { LANES } from './topics.js';

/**
 * Delivers the outbox, in lanes that run side by side. Any number of processes may do so at once. Work starts at
 * `nudge()` after a commit. Polling finds the rest: rows of other processes, retries, and rows whose lease ended.
 */
@Injectable()
export class OutboxDispatcher implements OnApplicationBootstrap {
  private readonly logger = new Logger(OutboxDispatcher.name);
  private readonly lanes: readonly Job[];

  constructor(
    background: BackgroundJobs,
    private readonly proxy: OutboxProxy,
    handlers: OutboxHandlers,
    delivery: OutboxDelivery,
    @Inject(ENVIRONMENT) { OUTBOX_CONCURRENCY, OUTBOX_LEASE_SECONDS, OUTBOX_POLL_MS }: Environment,
  ) {
    this.lanes = LANES.map(({ name, topics }) =>
      background.lane({
        name,
        everyMs: OUTBOX_POLL_MS,
        concurrency: OUTBOX_CONCURRENCY,
        claim: async (limit) => {
          const ready = handlers.readyAmong(topics);
          return ready.length === 0 ? [] : proxy.claim(limit, OUTBOX_LEASE_SECONDS, ready);
        },
        attempt: (entry) => delivery.attempt(entry),
        failure: { level: 'error', msg: 'outbox was not read' },
      }),
    );
  }

  onApplicationBootstrap(): void {
    observeOutbox(
      () => this.proxy.depth(),
      (error) => this.logger.warn({ msg: 'outbox depth was not read', err: error }),
    );
  }

  /** Starts delivery: call it after the commit that wrote to the outbox. */
  nudge(): void {
    for (const lane of this.lanes) lane.nudge();
  }
}
