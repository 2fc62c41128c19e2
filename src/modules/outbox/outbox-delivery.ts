import { Inject, Injectable, Logger } from '@nestjs/common';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { backoffMs } from '../../common/background/backoff.js';
import { cleanReason } from '../../common/text/foreign-text.js';
import { logFields, type OutboxEntry } from './outbox-entry.js';
import type { Outcome } from './outbox-handler.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { outboxAttempts } from './outbox.metrics.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';
import { RetryLaterError } from './retry-later.error.js';

const ERROR_LENGTH = 500;
const UNEXPECTED = 'an unexpected error, which is in the log';

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
    const { reason, longestPauseSeconds } = this.retryOf(error);
    const delayMs = backoffMs(entry.attempts, longestPauseSeconds * 1_000);
    const settled = await this.proxy.settleRetry(entry, delayMs, reason ?? UNEXPECTED);
    if (!settled) return false;
    this.logger[reason === null ? 'error' : 'log']({
      msg: 'outbox row will be tried again',
      ...logFields(entry),
      ...(reason === null ? { err: error } : { reason }),
    });
    return true;
  }

  /** `reason` is null for an unexpected error: its text belongs into the log, not into a row that clients may see. */
  private retryOf(error: unknown): { reason: string | null; longestPauseSeconds: number } {
    if (error instanceof RetryLaterError) {
      const { reason, longestPauseSeconds } = error;
      return { reason: cleanReason(reason, ERROR_LENGTH), longestPauseSeconds };
    }
    return {
      reason:
        error instanceof PeerUnavailableError ? cleanReason(error.message, ERROR_LENGTH) : null,
      longestPauseSeconds: this.environment.OUTBOX_BACKOFF_MAX_SECONDS,
    };
  }
}
