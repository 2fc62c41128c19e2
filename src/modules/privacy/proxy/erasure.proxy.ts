import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { PersonalData } from '../personal-data.js';
import type { Erasing } from '../personal-table.js';
import { ERASE_BATCH } from './sql/erase-rows.js';
import { claimErasures, finishErasure, putTombstone } from './sql/tombstones.js';

/** How many rows were erased, by table. */
export type ErasedRows = Readonly<Record<string, number>>;

export interface ClaimedErasure {
  userId: string;
  /** Whether every transaction that had not seen the tombstone has ended. */
  settled: boolean;
}

/** Stores tombstones, and erases everything else of a learner. */
@Injectable()
export class ErasureProxy {
  constructor(
    private readonly database: Database,
    private readonly personal: PersonalData,
  ) {}

  async putTombstone(
    userId: string,
    { sweepInSeconds, again }: { sweepInSeconds: number; again: boolean },
  ): Promise<void> {
    await this.database.query(putTombstone, [userId, sweepInSeconds, again]);
  }

  claim(maximum: number, settleSeconds: number): Promise<ClaimedErasure[]> {
    return this.database.query(claimErasures, [maximum, settleSeconds]);
  }

  async finish(userId: string): Promise<void> {
    await this.database.query(finishErasure, [userId]);
  }

  /** Erases all rows, in batches that are committed one by one: what is erased stays erased if a later batch fails. */
  async eraseRows(userId: string): Promise<ErasedRows> {
    const erased: Record<string, number> = {};
    for (const { table, erase } of this.personal.tables) {
      erased[table] = await this.eraseFrom(erase, userId);
    }
    return erased;
  }

  private async eraseFrom(erase: Erasing, userId: string): Promise<number> {
    let total = 0;
    for (;;) {
      const [batch] = await this.database.query(erase, [userId]);
      total += batch!.erased;
      if (batch!.erased < ERASE_BATCH) return total;
    }
  }
}
