import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { UserClient, type DirectoryUser } from './user-client.js';

const CACHED_USERS = 50_000;

/** Who exists, as the user service says, remembered for a while; absence for a shorter one. */
@Injectable()
export class UserDirectoryService {
  private readonly cache: LRUCache<string, { user: DirectoryUser | null }>;

  constructor(client: UserClient, @Inject(ENVIRONMENT) environment: Environment) {
    this.cache = new LRUCache({
      max: CACHED_USERS,
      // Entries carry a lifetime each; 0 would mean 'for ever' to the cache, so 1 ms means 'not at all'.
      ttl: 1,
      fetchMethod: async (userId, _stale, { options }) => {
        const user = await client.findUser(userId);
        const seconds = user ? environment.USER_CACHE_SECONDS : environment.ABSENCE_CACHE_SECONDS;
        options.ttl = Math.max(1, seconds * 1_000);
        return { user };
      },
    });
  }

  /**
   * The user, from memory or from the user service; concurrent calls for one user share a request.
   * @throws NotFoundError `userNotFound`
   * @throws ServiceUnavailableError `userServiceUnavailable` when it is not known and cannot be asked.
   */
  async requireUser(userId: string): Promise<DirectoryUser> {
    const user = await this.find(userId);
    if (!user) {
      throw new NotFoundError('userNotFound', {
        args: { id: userId },
        details: { resource: 'user' },
      });
    }
    return user;
  }

  private async find(userId: string): Promise<DirectoryUser | null> {
    try {
      return (await this.cache.forceFetch(userId)).user;
    } catch (cause) {
      if (!(cause instanceof PeerUnavailableError)) throw cause;
      throw new ServiceUnavailableError('userServiceUnavailable', { cause });
    }
  }
}
