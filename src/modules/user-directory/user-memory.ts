import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { UserClient, type DirectoryUser } from './user-client.js';

const USERS_REMEMBERED = 50_000;

/** What the user service said of a user, and when (`performance.now()`). */
export interface Said {
  /** Null: there is no such user. */
  readonly user: DirectoryUser | null;
  readonly at: number;
  /** An event told that something has changed since. */
  readonly outdated: boolean;
}

/** A deletion is final: it never gets old. */
const DELETED: Said = { user: null, at: Infinity, outdated: false };

/** What the user service last said of each user, and whom its events say are deleted. Bounded; the longest unused go first. */
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
   * Asks the user service. Calls for one user at the same time share a look-up; an answer that an event
   * has overtaken is asked for again, so nobody gets the role from before.
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

  /** Something about the user has changed: to be asked again, but good enough while nobody can be asked. */
  outdate(userId: string): void {
    this.lookUps.delete(userId);
    const said = this.said.peek(userId);
    if (said) this.said.set(userId, { ...said, outdated: true });
  }

  /** The user's role has changed: what was known must not be used any more, even while nobody can be asked. */
  forget(userId: string): void {
    this.lookUps.delete(userId);
    this.said.delete(userId);
  }

  /** The user is deleted, whatever the user service says of them later. */
  bury(userId: string): void {
    this.forget(userId);
    this.deleted.set(userId, true);
  }
}
