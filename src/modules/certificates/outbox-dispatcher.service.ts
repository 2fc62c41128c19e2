import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { OutboxDelivery } from './outbox-delivery.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { observeOutbox } from './outbox.metrics.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';

const FAILED_CLAIM_WAIT_MAXIMUM_MS = 5_000;

/**
 * Delivers the outbox: claims due rows, as many as there are free slots, and has each attempted.
 * Any number of processes may do so at once. Work starts by `nudge()` after a commit, and by
 * polling for what a nudge missed (another process's rows, retries, leases that ended).
 */
@Injectable()
export class OutboxDispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxDispatcher.name);
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private nudged = false;
  private wake: () => void = () => undefined;

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
    this.running = this.run();
  }

  /** Claims nothing more, and waits for what is under way, up to the grace period. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.nudge();
    const finished = this.running.then(() => Promise.all(this.underWay));
    const grace = new AbortController();
    await Promise.race([
      finished,
      sleep(this.environment.SHUTDOWN_GRACE_MS, undefined, { signal: grace.signal }).catch(
        () => undefined,
      ),
    ]);
    grace.abort();
  }

  /** There is something to deliver: to be called after the commit that wrote it. */
  nudge(): void {
    this.nudged = true;
    this.wake();
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      try {
        await this.round();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.logger.error({ msg: 'outbox was not read', err: error });
        const waitMs = this.environment.OUTBOX_POLL_MS * 2 ** Math.min(failures, 10);
        await this.pause(Math.min(waitMs, FAILED_CLAIM_WAIT_MAXIMUM_MS));
      }
    }
  }

  /** Claims once, then waits until it makes sense to claim again. */
  private async round(): Promise<void> {
    this.nudged = false;
    const free = this.environment.OUTBOX_CONCURRENCY - this.underWay.size;
    const claimed = await this.claim(free);
    if (claimed === free) await Promise.race(this.underWay);
    else if (!this.nudged)
      await this.pause(this.environment.OUTBOX_POLL_MS * (0.75 + Math.random() / 2));
  }

  private async claim(limit: number): Promise<number> {
    const topics = this.handlers.readyTopics();
    if (limit === 0 || topics.length === 0) return 0;
    const entries = await this.proxy.claim(limit, this.environment.OUTBOX_LEASE_SECONDS, topics);
    for (const entry of entries) {
      const attempt = this.delivery.attempt(entry).finally(() => this.underWay.delete(attempt));
      this.underWay.add(attempt);
    }
    return entries.length;
  }

  /** Waits for the time, or for a nudge. */
  private async pause(milliseconds: number): Promise<void> {
    if (this.stopping.signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.wake = () => undefined;
  }
}
