import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { NatsService } from '../../common/nats/nats.service.js';
import { ErasureFinisher } from './erasure-finisher.service.js';
import { ErasureFacade } from './facade/erasure.facade.js';
import { deletedUser, USER_DELETED } from './user-deleted-event.js';

/** An event comes once, and the database may be away just then: about four minutes of it are survived. */
const RETRY_MS = [1_000, 5_000, 15_000, 60_000, 180_000];

/** Erases users whom the platform says are deleted. All processes hear it; the first to look does it. */
@Injectable()
export class UserDeletedListener implements OnModuleInit {
  private readonly logger = new Logger(UserDeletedListener.name);

  constructor(
    private readonly nats: NatsService,
    private readonly erasure: ErasureFacade,
    private readonly finisher: ErasureFinisher,
  ) {}

  onModuleInit(): void {
    this.nats.subscribe(USER_DELETED, ({ data }) => {
      const userId = deletedUser(data);
      if (userId === null)
        this.logger.warn({
          msg: 'an event does not say which user is deleted',
          bytes: data.length,
        });
      else void this.erase(userId);
    });
  }

  private async erase(userId: string): Promise<void> {
    for (const wait of [...RETRY_MS, null]) {
      try {
        await this.erasure.request(userId);
        await this.finisher.look();
        return;
      } catch (error) {
        if (wait === null)
          this.logger.error({
            msg: 'a deleted user was not erased: use eraseUser',
            userId,
            err: error,
          });
        else await sleep(wait, undefined, { ref: false });
      }
    }
  }
}
