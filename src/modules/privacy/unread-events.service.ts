import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { observeUnreadEvents } from './privacy.metrics.js';
import { UnreadEventProxy } from './proxy/unread-event.proxy.js';
import type { UnreadEvent } from './unread-event.js';

/** Keeps deletions that were not understood where an operator sees them: in a table, a metric and the log. */
@Injectable()
export class UnreadEvents implements OnApplicationBootstrap {
  private readonly logger = new Logger(UnreadEvents.name);

  constructor(private readonly proxy: UnreadEventProxy) {}

  onApplicationBootstrap(): void {
    observeUnreadEvents(
      () => this.proxy.count(),
      (error) => this.logger.warn({ msg: 'unread events were not counted', err: error }),
    );
  }

  /** @throws ServiceUnavailableError when the database is away: the event is not kept yet. */
  async keep(event: UnreadEvent): Promise<void> {
    const { subject, body, reason } = event;
    const about = { subject, reason, bytes: body.length };
    if (await this.proxy.keep(event)) {
      this.logger.warn({ msg: 'an event does not say which user is deleted', ...about });
    } else {
      this.logger.error({ msg: 'an unread event was not kept: too many wait', ...about });
    }
  }
}
