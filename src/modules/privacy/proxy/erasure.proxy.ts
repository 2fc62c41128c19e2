import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import {
  DELETE_BATCH,
  deleteRows,
  leaveWalks,
  PERSONAL_TABLES,
  type PersonalTable,
} from './sql/delete-rows.js';
import { claimErasures, finishErasure, putTombstone } from './sql/tombstones.js';

/** How many rows were deleted, by table. */
export type DeletedRows = Record<PersonalTable, number>;

export interface ClaimedErasure {
  userId: string;
  /** Whether no write can be under way any more that had not seen the tombstone. */
  settled: boolean;
}

/** Tombstones, and the deletion of everything else that is a learner's. */
@Injectable()
export class ErasureProxy {
  constructor(private readonly database: Database) {}

  async putTombstone(
    userId: string,
    { sweepInSeconds, again }: { sweepInSeconds: number; again: boolean },
  ): Promise<void> {
    await this.database.query(putTombstone, [userId, sweepInSeconds, again]);
  }

  async claim(maximum: number, settleSeconds: number): Promise<ClaimedErasure[]> {
    const rows = await this.database.query<{ user_id: string; settled: boolean }>(claimErasures, [
      maximum,
      settleSeconds,
    ]);
    return rows.map(({ user_id: userId, settled }) => ({ userId, settled }));
  }

  async finish(userId: string): Promise<void> {
    await this.database.query(finishErasure, [userId]);
  }

  /** Deletes all rows, in batches that are committed one by one: what is deleted stays so whatever happens next. */
  async deleteRows(userId: string): Promise<DeletedRows> {
    const deleted = {} as DeletedRows;
    for (const table of PERSONAL_TABLES) deleted[table] = await this.deleteFrom(table, userId);
    await this.database.query(leaveWalks, [userId]);
    return deleted;
  }

  private async deleteFrom(table: PersonalTable, userId: string): Promise<number> {
    let total = 0;
    for (;;) {
      const [row] = await this.database.query<{ deleted: number }>(deleteRows(table), [userId]);
      total += row!.deleted;
      if (row!.deleted < DELETE_BATCH) return total;
    }
  }
}
