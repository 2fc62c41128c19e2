import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { registry } from '../../common/metrics/registry.js';
import type { EventSubject } from '../../common/nats/user-event.js';
import { cleanReason } from '../../common/text/foreign-text.js';
import { UnreadDeletionProxy } from './proxy/unread-deletion.proxy.js';

const MESSAGE_LENGTH = 1_000;
const PROBLEMS = { unnamed: 'it names no user', ambiguous: 'it names several users' };

let readUnread: () => Promise<void> = () => Promise.resolve();
const unread = new Gauge({
  name: 'progress_unread_deletions',
  help: 'Messages about deleted users that do not say which user: nobody was erased for them',
  aggregator: 'max',
  registers: [registry],
  collect: () => readUnread(),
});

/**
 * Keeps messages on `user.deleted` that do not say which user is deleted, until an operator has looked at them. A guess
 * could erase the wrong learner; a dropped message would leave one who should be erased.
 */
@Injectable()
export class UnreadDeletions implements OnApplicationBootstrap {
  private readonly logger = new Logger(UnreadDeletions.name);

  constructor(private readonly proxy: UnreadDeletionProxy) {}

  onApplicationBootstrap(): void {
    readUnread = () =>
      this.proxy.count().then(
        (count) => unread.set(count),
        (error: unknown) => {
          this.logger.warn({ msg: 'unread deletions were not counted', err: error });
        },
      );
  }

  async park(body: Uint8Array, { kind }: Exclude<EventSubject, { kind: 'user' }>): Promise<void> {
    const problem = PROBLEMS[kind];
    this.logger.warn({
      msg: 'an event does not say which user is deleted',
      problem,
      bytes: body.length,
    });
    await this.proxy.park(
      body,
      problem,
      cleanReason(new TextDecoder().decode(body), MESSAGE_LENGTH),
    );
  }
}
