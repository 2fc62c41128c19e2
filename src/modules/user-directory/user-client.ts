import { Injectable } from '@nestjs/common';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { dataOrNotFound } from '../../common/nats/peer-verdict.js';
import { idOf } from '../../common/nats/reply-data.js';
import { UserEvents } from '../../common/nats/subjects.js';

/** What this service needs to know of a user. Names and addresses are not read. */
export interface DirectoryUser {
  userId: string;
  role: string | null;
}

/** A longer role is none: it would be remembered with its user. */
const ROLE_MAXIMUM = 64;

/** Asks the user service. */
@Injectable()
export class UserClient {
  constructor(private readonly nats: NatsService) {}

  /** @throws PeerUnavailableError when the user service cannot be asked. */
  async findUser(userId: string): Promise<DirectoryUser | null> {
    const subject = UserEvents.GET_USER_BY_ID;
    const data = dataOrNotFound(subject, await this.nats.request(subject, { id: userId }));
    if (data === null) return null;
    if ((idOf(data) ?? userId) !== userId) throw new PeerUnavailableError('malformed', subject);
    const role = data['role'];
    return { userId, role: typeof role === 'string' && role.length <= ROLE_MAXIMUM ? role : null };
  }
}
