import { Inject, Injectable } from '@nestjs/common';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { dataOrNotFound } from '../../common/nats/peer-verdict.js';
import { matchOf } from '../../common/nats/reply-data.js';
import { UserEvents } from '../../common/nats/subjects.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';

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
  constructor(
    private readonly nats: NatsService,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'PEER_GENERIC_ERROR'>,
  ) {}

  /** @throws PeerUnavailableError when the user service cannot be asked. */
  async findUser(userId: string): Promise<DirectoryUser | null> {
    const subject = UserEvents.GET_USER_BY_ID;
    const answer = await this.nats.request(subject, { id: userId });
    const data = dataOrNotFound(subject, answer, this.environment.PEER_GENERIC_ERROR);
    if (data === null) return null;
    const match = matchOf(data, userId);
    if (match === 'respelled') return null;
    if (match === 'another') throw new PeerUnavailableError('malformed', subject);
    const role = data['role'];
    return { userId, role: typeof role === 'string' && role.length <= ROLE_MAXIMUM ? role : null };
  }
}
