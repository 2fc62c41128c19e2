import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import { NatsService } from '../../common/nats/nats.service.js';
import { USER_DELETED } from '../../common/nats/subjects.js';
import { userOfEvent } from '../../common/nats/user-event.js';
import { DeletionQueue } from './deletion-queue.js';
import { ErasureFinisher } from './erasure-finisher.service.js';
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
  ) {
    this.queue = new DeletionQueue(background, async (userId) => {
      await erasure.request(userId);
      finisher.nudge();
    });
  }

  onModuleInit(): void {
    this.nats.subscribe(USER_DELETED, ({ data }) => {
      const userId = userOfEvent(data);
      if (userId === null)
        this.logger.warn({
          msg: 'an event does not say which user is deleted',
          bytes: data.length,
        });
      else if (!this.queue.add(userId)) this.giveUp(userId);
    });
  }

  onApplicationShutdown(): void {
    for (const userId of this.queue.stop()) this.giveUp(userId);
  }

  private giveUp(userId: string): void {
    this.logger.error({ msg: 'a deleted user was not erased: use eraseUser', userId });
  }
}
