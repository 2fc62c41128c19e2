import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import { NatsService } from '../../common/nats/nats.service.js';
import { USER_DELETED } from '../../common/nats/subjects.js';
import { userOfEvent } from '../../common/nats/user-event.js';
import { DeletionQueue } from './deletion-queue.js';
import { ErasureFinisher } from './erasure-finisher.service.js';
import { ErasureFacade } from './facade/erasure.facade.js';
import { unreadEvent, type UnreadEvent } from './unread-event.js';
import { UnreadEvents } from './unread-events.service.js';

/** Events of up to some kilobytes that wait in memory while the database is away. */
const UNREAD_MAXIMUM = 1_000;

/** Erases users when the platform announces their deletion. All processes hear it; the first one does the work. */
@Injectable()
export class UserDeletedListener implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(UserDeletedListener.name);
  private readonly queue: DeletionQueue;
  private readonly unread: DeletionQueue<UnreadEvent>;

  constructor(
    background: BackgroundJobs,
    private readonly nats: NatsService,
    erasure: ErasureFacade,
    finisher: ErasureFinisher,
    unread: UnreadEvents,
  ) {
    this.queue = new DeletionQueue(background, async (userId) => {
      await erasure.request(userId);
      finisher.nudge();
    });
    // A queue of its own: an event that cannot be kept must not hold up those that are understood.
    this.unread = new DeletionQueue(
      background,
      (event) => unread.keep(event),
      UNREAD_MAXIMUM,
      'unread-event-queue',
    );
  }

  onModuleInit(): void {
    this.nats.subscribe(USER_DELETED, ({ data }) => {
      const about = userOfEvent(data);
      if (about.kind === 'unclear') this.park(about.reason, data);
      else if (!this.queue.add(about.userId)) this.giveUp(about.userId);
    });
  }

  onApplicationShutdown(): void {
    for (const userId of this.queue.stop()) this.giveUp(userId);
    for (const event of this.unread.stop()) this.lose(event);
  }

  private park(reason: string, data: Uint8Array): void {
    const event = unreadEvent(USER_DELETED, data, reason);
    if (!this.unread.add(event)) this.lose(event);
  }

  private lose({ subject, reason, body }: UnreadEvent): void {
    const bytes = body.length;
    this.logger.error({ msg: 'an unread event was not kept', subject, reason, bytes });
  }

  private giveUp(userId: string): void {
    this.logger.error({ msg: 'a deleted user was not erased: use eraseUser', userId });
  }
}
