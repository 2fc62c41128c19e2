import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/database/database.js';
import type { Building, HistoryState } from '../history/building.js';
import {
  beginHistory,
  doubtHistory,
  endHistory,
  goOnWithHistory,
  lockBuilder,
  readHistory,
} from './sql/history.js';

/** How far the building of the figures is. All but `read` need a transaction. */
@Injectable()
export class HistoryProxy {
  constructor(private readonly database: Database) {}

  /** @returns null before analytics has begun */
  async read(): Promise<HistoryState | null> {
    const [state] = await this.database.query(readHistory, []);
    return state ?? null;
  }

  /** Until the transaction ends. @returns whether no other process builds */
  async lockBuilder(): Promise<boolean> {
    const [builder] = await this.database.query(lockBuilder, []);
    return builder!.locked;
  }

  /** Only the first building; days of learners begin anew. */
  async begin(first: Building): Promise<void> {
    await this.database.query(beginHistory, [JSON.stringify(first)]);
  }

  /** Stores which portion is next. */
  async goOn(next: Building): Promise<void> {
    await this.database.query(goOnWithHistory, [JSON.stringify(next)]);
  }

  /** The figures are built. */
  async end(): Promise<void> {
    await this.database.query(endHistory, []);
  }

  /** The figures are not exact any more. */
  async doubt(first: Building): Promise<void> {
    await this.database.query(doubtHistory, [JSON.stringify(first)]);
  }
}
