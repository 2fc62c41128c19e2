import { Inject, Injectable, Logger } from '@nestjs/common';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { backoffMs } from '../../common/background/backoff.js';
import { logFields, type OutboxEntry } from './outbox-entry.js';
import type { Outcome } from './outbox-handler.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { outboxAttempts } from './outbox.metrics.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';

const ERROR_LENGTH = 500;

/** Attempts to deliver one claimed row: calls the handler outside any transaction, then settles the row. */
@Injectable()
export class OutboxDelivery {
  private readonly logger = new Logger(OutboxDelivery.name);

  constructor(
    private readonly handlers: OutboxHandlers,
    private readonly proxy: OutboxProxy,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Never throws: a row that could not be settled is due again when its lease ends. */
  async attempt(entry: OutboxEntry): Promise<void> {
    const outcome = await this.deliver(entry);
    outboxAttempts.inc({ topic: entry.topic, outcome: outcome.kind });
    try {
      if (await outcome.settle()) return;
      this.logger.warn({
        msg: 'outbox row was settled by another process',
        ...logFields(entry),
        outcome: outcome.kind,
      });
    } catch (error) {
      this.logger.error({ msg: 'outbox row was not settled', ...logFields(entry), err: error });
    }
  }

  private async deliver(entry: OutboxEntry): Promise<Outcome> {
    try {
      return await this.handlers.for(entry.topic).deliver(entry);
    } catch (error) {
      return { kind: 'retry', settle: () => this.retryLater(entry, error) };
    }
  }

  private async retryLater(entry: OutboxEntry, error: unknown): Promise<boolean> {
    const longestMs = this.environment.OUTBOX_BACKOFF_MAX_SECONDS * 1_000;
    const delayMs = backoffMs(entry.attempts, longestMs);
    const reason = String(error);
    const settled = await this.proxy.settleRetry(entry, delayMs, reason.slice(0, ERROR_LENGTH));
    if (!settled) return false;
    const expected = error instanceof PeerUnavailableError;
    this.logger[expected ? 'log' : 'error']({
      msg: 'outbox row will be tried again',
      ...logFields(entry),
      ...(expected ? { reason } : { err: error }),
    });
    return true;
  }
}
