import { Inject, Injectable, Logger } from '@nestjs/common';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { backoffMs } from '../../common/background/backoff.js';
import { OutboxHandlers } from './outbox-handlers.js';
import type { OutboxEntry, Outcome } from './outbox-entry.js';
import { outboxAttempts } from './outbox.metrics.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';

type Attempt = Outcome | { kind: 'retry'; error: unknown };

const ERROR_LENGTH = 500;

/** One attempt to deliver one claimed row: the handler is asked outside any transaction, then the row is settled. */
@Injectable()
export class OutboxDelivery {
  private readonly logger = new Logger(OutboxDelivery.name);

  constructor(
    private readonly handlers: OutboxHandlers,
    private readonly proxy: OutboxProxy,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Never throws: a row that could not even be settled is due again when its lease ends. */
  async attempt(entry: OutboxEntry): Promise<void> {
    const attempt = await this.deliver(entry);
    outboxAttempts.inc({ topic: entry.topic, outcome: attempt.kind });
    try {
      const settled = await this.settle(entry, attempt);
      this.tell(entry, attempt, settled);
    } catch (error) {
      this.logger.error({ msg: 'outbox row was not settled', ...ids(entry), err: error });
    }
  }

  private async deliver(entry: OutboxEntry): Promise<Attempt> {
    try {
      return await this.handlers.for(entry.topic).deliver(entry);
    } catch (error) {
      return { kind: 'retry', error };
    }
  }

  private settle(entry: OutboxEntry, attempt: Attempt): Promise<boolean> {
    switch (attempt.kind) {
      case 'issued':
        return this.proxy.settleIssued(entry);
      case 'published':
        return this.proxy.settlePublished(entry);
      case 'parked':
        return this.proxy.settleParked(entry, attempt.reason);
      case 'retry': {
        const delayMs = backoffMs(
          entry.attempts,
          this.environment.OUTBOX_BACKOFF_MAX_SECONDS * 1_000,
        );
        return this.proxy.settleRetry(entry, delayMs, String(attempt.error).slice(0, ERROR_LENGTH));
      }
    }
  }

  private tell(entry: OutboxEntry, attempt: Attempt, settled: boolean): void {
    const event = { ...ids(entry), attempts: entry.attempts };
    if (!settled) {
      this.logger.warn({
        msg: 'outbox row was settled by another process',
        ...event,
        outcome: attempt.kind,
      });
    } else if (attempt.kind === 'issued') {
      this.logger.log({ msg: 'certificate issued', ...event });
    } else if (attempt.kind === 'parked') {
      this.logger.warn({ msg: 'certificate parked', ...event, reason: attempt.reason });
    } else if (attempt.kind === 'retry') {
      const expected = attempt.error instanceof PeerUnavailableError;
      this.logger[expected ? 'log' : 'error']({
        msg: 'outbox row will be tried again',
        ...event,
        ...(expected ? { reason: String(attempt.error) } : { err: attempt.error }),
      });
    }
  }
}

const ids = ({ id, topic, userId, courseId }: OutboxEntry) => ({
  outboxId: id,
  topic,
  userId,
  courseId,
});
