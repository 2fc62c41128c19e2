import { Inject, Injectable } from '@nestjs/common';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { dataOrNotFound, verdictOf } from '../../common/nats/peer-verdict.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { compareId, idsOf } from '../../common/nats/reply-data.js';
import { UserEvents } from '../../common/nats/subjects.js';

/** What this service needs to know of a user. Names and addresses are not read. */
export interface DirectoryUser {
  userId: string;
  role: string | null;
}

/** Asks the user service. */
@Injectable()
export class UserClient {
  constructor(
    private readonly nats: NatsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Null: there is no such user. A refusal in the user service's own words means that, too, but of a known user only
   * where the words say so: nobody is signed out by an error that says something else.
   * @throws PeerUnavailableError when the user service cannot be asked.
   */
  async findUser(userId: string, isKnown = false): Promise<DirectoryUser | null> {
    const subject = UserEvents.GET_USER_BY_ID;
    const answer = await this.nats.request(subject, { id: userId });
    const verdict = verdictOf(answer, this.environment.PEER_GENERIC_ERROR);
    if (verdict.kind === 'refused' && isKnown && !verdict.saysNotFound) {
      throw new PeerUnavailableError('failing', subject);
    }
    const data = dataOrNotFound(subject, verdict);
    if (data === null) return null;
    const compared = compareId(idsOf(data), userId);
    if (compared === 'other') throw new PeerUnavailableError('malformed', subject);
    if (compared === 'other spelling') return null;
    const role = data['role'];
    return { userId, role: typeof role === 'string' ? role : null };
  }
}
