import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { NatsService } from '../../common/nats/nats.service.js';
import { USER_DELETED, USER_ROLE_CHANGED, USER_UPDATED } from '../../common/nats/subjects.js';
import { userOfEvent } from '../../common/nats/user-event.js';
import { UserMemory } from './user-memory.js';

/**
 * Hears events about changed or deleted users, and drops what this process remembers of them. Every process hears them.
 */
@Injectable()
export class UserEventsListener implements OnModuleInit {
  private readonly logger = new Logger(UserEventsListener.name);

  constructor(
    private readonly nats: NatsService,
    private readonly memory: UserMemory,
  ) {}

  onModuleInit(): void {
    this.hear(USER_UPDATED, (userId) => this.memory.outdate(userId));
    this.hear(USER_ROLE_CHANGED, (userId) => this.memory.forget(userId));
    this.hear(USER_DELETED, (userId) => this.memory.bury(userId));
  }

  private hear(subject: string, apply: (userId: string) => void): void {
    this.nats.subscribe(subject, ({ data }) => {
      const about = userOfEvent(data);
      if (about.kind === 'user') apply(about.userId);
      else {
        const { reason } = about;
        this.logger.warn({ msg: 'an event does not say whom it is about', subject, reason });
      }
    });
  }
}
