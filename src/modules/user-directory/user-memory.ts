import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { UserClient, type DirectoryUser } from './user-client.js';

const USERS_REMEMBERED = 50_000;

/** The user service's answer about a user, and when it came (`performance.now()`). */
export interface Said {
  /** Null: there is no such user. */
  readonly user: DirectoryUser | null;
  readonly at: number;
  /** An event said that the user has changed since. */
  readonly outdated: boolean;
}

/** A deletion is final: this answer never gets old. */
const DELETED: Said = { user: null, at: Infinity, outdated: false };

/**
 * The user service's last answer about each user, and the users that events report as deleted. Bounded; the least
 * recently used go first.
 */
@Injectable()
export class UserMemory {
  private readonly said = new LRUCache<string, Said>({ max: USERS_REMEMBERED });
  private readonly deleted = new LRUCache<string, true>({ max: USERS_REMEMBERED });
  private readonly lookUps = new Map<string, Promise<DirectoryUser | null>>();

  constructor(private readonly client: UserClient) {}

  recall(userId: string): Said | undefined {
    return this.deleted.get(userId) ? DELETED : this.said.get(userId);
  }

  /**
   * Asks the user service. Concurrent calls for one user share a look-up. If an event arrives during a look-up, the
   * user service is asked again: its answer may hold the old role.
   * @throws PeerUnavailableError when it cannot be asked.
   */
  ask(userId: string): Promise<DirectoryUser | null> {
    if (this.deleted.has(userId)) return Promise.resolve(null);
    const running = this.lookUps.get(userId);
    if (running) return running;
    const isCurrent = (): boolean => this.lookUps.get(userId) === lookUp;
    const lookUp: Promise<DirectoryUser | null> = this.client
      .findUser(userId)
      .then((user) => {
        if (!isCurrent()) return this.ask(userId);
        this.said.set(userId, { user, at: performance.now(), outdated: false });
        return user;
      })
      .finally(() => {
        if (isCurrent()) this.lookUps.delete(userId);
      });
    this.lookUps.set(userId, lookUp);
    return lookUp;
  }

  /** Something about the user has changed. Ask again, but use the old answer while the user service is away. */
  outdate(userId: string): void {
    this.lookUps.delete(userId);
    const said = this.said.peek(userId);
    if (said) this.said.set(userId, { ...said, outdated: true });
  }

  /** The user's role has changed. Never use the old answer, even while the user service is away. */
  forget(userId: string): void {
    this.lookUps.delete(userId);
    this.said.delete(userId);
  }

  /** The user is deleted. Later answers of the user service are ignored. */
  bury(userId: string): void {
    this.forget(userId);
    this.deleted.set(userId, true);
  }
}
