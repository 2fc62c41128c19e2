import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { DirectoryUser } from './user-client.js';
import { UserMemory, type Said } from './user-memory.js';

/** The shortest time between two look-ups of an asker, whatever `USER_CACHE_SECONDS` says. */
const IDENTITY_AGE_MINIMUM_MS = 1_000;
/** After a failed look-up, the user service is not asked about that user for this long. */
const RESPITE_MS = 1_000;
const FAILURES_REMEMBERED = 50_000;

/**
 * Which users exist, and their roles, from the user service. Answers are remembered for a while; 'does not exist' for a
 * shorter one.
 */
@Injectable()
export class UserDirectoryService {
  private readonly userMs: number;
  private readonly absenceMs: number;
  private readonly identityMs: number;
  private readonly knownMs: number;
  /** Not the errors: with their stacks and causes, those of many users would fill the memory in an outage. */
  private readonly failures = new LRUCache<string, true>({
    max: FAILURES_REMEMBERED,
    ttl: RESPITE_MS,
  });

  constructor(
    private readonly memory: UserMemory,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.userMs = environment.USER_CACHE_SECONDS * 1_000;
    this.absenceMs = environment.ABSENCE_CACHE_SECONDS * 1_000;
    this.identityMs = Math.max(this.userMs, IDENTITY_AGE_MINIMUM_MS);
    this.knownMs = Math.max(this.identityMs, environment.AUTH_KNOWN_SECONDS * 1_000);
  }

  /**
   * The user, from memory or from the user service; concurrent calls for one user share a request. While the user service
   * cannot be asked, the last known state counts for `AUTH_KNOWN_SECONDS`, unless users are not to be remembered.
   * @throws NotFoundError `userNotFound`
   * @throws ServiceUnavailableError `userServiceUnavailable` when nothing is known and the user service cannot be
   *   asked.
   */
  async requireUser(userId: string): Promise<DirectoryUser> {
    const isRemembered = this.userMs > 0;
    const lastKnown = isRemembered && this.failures.has(userId) && this.known(userId);
    return lastKnown || this.lookUp(userId, isRemembered);
  }

  /** The asker from memory, without waiting. Undefined when a look-up is needed. */
  known(userId: string): DirectoryUser | undefined {
    const said = this.memory.recall(userId);
    if (!said?.user) return undefined;
    const age = performance.now() - said.at;
    if (!said.outdated && age < this.identityMs) return said.user;
    return age < this.knownMs && this.failures.has(userId) ? said.user : undefined;
  }

  /**
   * Looks up an asker whom `known` did not return, and not again within a second after a failure. While the user service
   * cannot be asked, the last known state counts, for `AUTH_KNOWN_SECONDS`.
   * @throws as `requireUser`
   */
  async identify(userId: string): Promise<DirectoryUser> {
    if (this.failures.has(userId)) throw new ServiceUnavailableError('userServiceUnavailable');
    return this.lookUp(userId, true);
  }

  private async lookUp(userId: string, orLastKnown: boolean): Promise<DirectoryUser> {
    const said = this.memory.recall(userId);
    const isFresh = said && this.isFresh(said);
    const user = isFresh ? said.user : await this.ask(userId, orLastKnown);
    if (!user) {
      throw new NotFoundError('userNotFound', {
        args: { id: userId },
        details: { resource: 'user' },
      });
    }
    return user;
  }

  private isFresh({ user, at, outdated }: Said): boolean {
    return !outdated && performance.now() - at < (user ? this.userMs : this.absenceMs);
  }

  private async ask(userId: string, orLastKnown: boolean): Promise<DirectoryUser | null> {
    try {
      return await this.memory.ask(userId);
    } catch (cause) {
      if (!(cause instanceof PeerUnavailableError)) throw cause;
      const error = new ServiceUnavailableError('userServiceUnavailable', { cause });
      if (!orLastKnown) throw error;
      this.failures.set(userId, true);
      const known = this.known(userId);
      if (known) return known;
      throw error;
    }
  }
}
