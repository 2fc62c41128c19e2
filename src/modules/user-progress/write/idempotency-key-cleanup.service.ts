import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { IdempotencyProxy } from '../proxy/idempotency.proxy.js';

const INTERVAL_MS = 60_000;

/** Deletes what nobody will ask for again. */
@Injectable()
export class IdempotencyKeyCleanup implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(IdempotencyKeyCleanup.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(private readonly idempotency: IdempotencyProxy) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Processes that were started together do not clean up together. */
  private schedule(): void {
    if (this.stopped) return;
    const wait = INTERVAL_MS * (0.5 + Math.random());
    this.timer = setTimeout(() => {
      this.running = this.clean().finally(() => this.schedule());
    }, wait).unref();
  }

  /** Deletes all that is due, some at a time. */
  async clean(): Promise<void> {
    try {
      while (!this.stopped && (await this.idempotency.forget()) > 0);
    } catch (error) {
      this.logger.warn({ msg: 'old idempotency keys were not deleted', err: error });
    }
  }
}
