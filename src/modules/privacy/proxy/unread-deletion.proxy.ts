import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Database } from '../../../common/database/database.js';
import { countUnreadDeletions, parkDeletion } from './sql/unread-deletions.js';

/** Stores messages on `user.deleted` that do not say which user is deleted. */
@Injectable()
export class UnreadDeletionProxy {
  constructor(private readonly database: Database) {}

  /** @returns false when it is kept already, or when too many are. */
  async park(body: Uint8Array, problem: string, message: string): Promise<boolean> {
    const digest = createHash('sha256').update(body).digest();
    return (await this.database.query(parkDeletion, [digest, problem, message])).length > 0;
  }

  async count(): Promise<number> {
    const [row] = await this.database.query(countUnreadDeletions, []);
    return row!.unread;
  }
}
