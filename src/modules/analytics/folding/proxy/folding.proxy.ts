import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../../common/database/database.js';
import { ENVIRONMENT, type Environment } from '../../../../config/environment.js';
import { beginAnalytics, keptTimeZone, lockState } from './sql/analytics-state.js';
import { foldJournal } from './sql/fold-journal.js';
import { forgetDays } from './sql/forget-days.js';
import { oldestMoves } from './sql/oldest-moves.js';

/** By what moves become days. */
export interface FoldingState {
  timeZone: string;
  firstQuarter: number;
}

/** How much was folded. */
export interface Folded {
  /** Rows of the journal. */
  rows: number;
  moves: number;
  /** Whether there is more: as many rows, or bytes, were folded as one transaction may take. */
  isFull: boolean;
}

export interface DayPosition {
  userId: string;
  day: string;
}

/** Folds the journal into the figures, and deletes days that are no longer kept. */
@Injectable()
export class FoldingProxy {
  private readonly timeZone: string;
  private readonly daysKept: number;
  private readonly lateHours: number;

  constructor(
    private readonly database: Database,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.timeZone = environment.ANALYTICS_TIME_ZONE;
    this.daysKept = environment.ANALYTICS_DAYS_KEPT;
    this.lateHours = environment.WATCH_MAX_AGE_HOURS;
  }

  /** Begins analytics, unless it has begun. @returns the time zone that it began with, and keeps. */
  async begin(): Promise<string> {
    const kept = await this.keptTimeZone();
    if (kept !== null) return kept;
    await this.database.query(beginAnalytics, [this.timeZone, this.lateHours]);
    return (await this.keptTimeZone())!;
  }

  /** Locks the state until the transaction ends. @returns null when another folder has it. */
  async lockState(): Promise<FoldingState | null> {
    const [state] = await this.database.query(lockState, [this.daysKept]);
    return state ?? null;
  }

  /** Folds up to so many rows; the state must be locked. */
  async fold(rows: number, { timeZone, firstQuarter }: FoldingState): Promise<Folded> {
    const [folded] = await this.database.query(foldJournal, [rows, timeZone, firstQuarter]);
    return folded!;
  }

  /** @returns the age in seconds of the oldest row of the journal; null when it is empty */
  async oldestSeconds(): Promise<number | null> {
    const [oldest] = await this.database.query(oldestMoves, []);
    return oldest?.seconds ?? null;
  }

  /** Looks at a portion of the days after that position; null: from the beginning. @returns the next one; null at the end */
  async forgetDays(after: DayPosition | null): Promise<DayPosition | null> {
    const { userId, day } = after ?? { userId: '', day: '0001-01-01' };
    const rows = await this.database.query(forgetDays, [userId, day, this.daysKept]);
    return rows[0] ?? null;
  }

  private async keptTimeZone(): Promise<string | null> {
    const [state] = await this.database.query(keptTimeZone, []);
    return state?.timeZone ?? null;
  }
}
