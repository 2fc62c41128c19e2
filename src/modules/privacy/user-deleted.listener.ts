import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import { NatsService } from '../../common/nats/nats.service.js';
import { USER_DELETED } from '../../common/nats/subjects.js';
import { userOfEvent } from '../../common/nats/user-event.js';
import { DeletionQueue } from './deletion-queue.js';
import { ErasureFinisher } from './erasure-finisher.service.js';
import { UnreadDeletions } from './unread-deletions.service.js';
import { ErasureFacade } from './facade/erasure.facade.js';

/** Erases users when the platform announces their deletion. All processes hear it; the first one does the work. */
@Injectable()
export class UserDeletedListener implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(UserDeletedListener.name);
  private readonly queue: DeletionQueue;

  constructor(
    background: BackgroundJobs,
    private readonly nats: NatsService,
    erasure: ErasureFacade,
    finisher: ErasureFinisher,
    private readonly unread: UnreadDeletions,
  ) {
    this.queue = new DeletionQueue(background, async (userId) => {
      await erasure.request(userId);
      finisher.nudge();
    });
  }

  onModuleInit(): void {
    this.nats.subscribe(USER_DELETED, ({ data }) => {
      const deleted = userOfEvent(data);
      if (deleted.kind !== 'user') void this.park(data, deleted);
      else if (!this.queue.add(deleted.userId)) this.giveUp(deleted.userId);
    });
  }

  onApplicationShutdown(): void {
    for (const userId of this.queue.stop()) this.giveUp(userId);
  }

  private async park(...unread: Parameters<UnreadDeletions['park']>): Promise<void> {
    try {
      await this.unread.park(...unread);
    } catch (error) {
      this.logger.error({ msg: 'an unread deletion was not kept', err: error });
    }
  }

  private giveUp(userId: string): void {
    this.logger.error({ msg: 'a deleted user was not erased: use eraseUser', userId });
  }
}
