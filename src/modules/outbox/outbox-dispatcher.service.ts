import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { OutboxDelivery } from './outbox-delivery.js';
import type { OutboxEntry } from './outbox-entry.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { OutboxLane } from './outbox-lane.js';
import { observeOutbox } from './outbox.metrics.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';
import { LANES, type Topic } from './topics.js';

/**
 * Delivers the outbox, its lanes beside each other. Any number of processes may do so at once. Work
 * starts by `nudge()` after a commit, and by polling for what a nudge missed (another process's rows, retries, leases
 * that ended).
 */
@Injectable()
export class OutboxDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxDispatcher.name);
  private lanes: OutboxLane<OutboxEntry>[] = [];

  constructor(
    private readonly proxy: OutboxProxy,
    private readonly handlers: OutboxHandlers,
    private readonly delivery: OutboxDelivery,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    observeOutbox(
      () => this.proxy.depth(),
      (error) => this.logger.warn({ msg: 'outbox depth was not read', err: error }),
    );
    this.lanes = LANES.map((topics) => this.lane(topics));
  }

  /** Claims nothing more, and waits for what is under way, up to the grace period. */
  async beforeApplicationShutdown(): Promise<void> {
    const grace = new AbortController();
    await Promise.race([
      Promise.all(this.lanes.map((lane) => lane.stop())),
      sleep(this.environment.SHUTDOWN_GRACE_MS, undefined, { signal: grace.signal }).catch(
        () => undefined,
      ),
    ]);
    grace.abort();
  }

  /** There is something to deliver: to be called after the commit that wrote it. */
  nudge(): void {
    for (const lane of this.lanes) lane.nudge();
  }

  private lane(topics: readonly Topic[]): OutboxLane<OutboxEntry> {
    const { OUTBOX_CONCURRENCY, OUTBOX_LEASE_SECONDS, OUTBOX_POLL_MS } = this.environment;
    return new OutboxLane(
      {
        claim: async (limit) => {
          const ready = this.handlers.readyAmong(topics);
          return ready.length === 0 ? [] : this.proxy.claim(limit, OUTBOX_LEASE_SECONDS, ready);
        },
        attempt: (entry) => this.delivery.attempt(entry),
        failed: (error) => this.logger.error({ msg: 'outbox was not read', err: error }),
      },
      { concurrency: OUTBOX_CONCURRENCY, pollMs: OUTBOX_POLL_MS },
    );
  }
}
