import { Injectable } from '@nestjs/common';
import type { CalendarDay } from '../../../../common/calendar-day.js';
import { Database } from '../../../../common/database/database.js';
import { beginSnapshot, compileNothing } from './sql/begin-snapshot.js';
import { readClock } from './sql/read-clock.js';

/** Of when the figures are. */
export interface AnalyticsClock {
  /** Everything that was recorded before it is in the figures. */
  asOf: Date;
  /** The zone of all days, by its IANA name. */
  timeZone: string;
  /** The day of `asOf` in that zone. */
  today: CalendarDay;
  /** The first day of which activity is known. */
  since: CalendarDay;
  /** Another one whenever figures may be others: after a fold, and on another day. */
  version: string;
}

@Injectable()
export class AnalyticsClockProxy {
  constructor(private readonly database: Database) {}

  /**
   * Makes the current transaction read as of one moment. Nothing may have been read in it yet.
   * @returns null when the figures were never built.
   */
  async beginSnapshot(): Promise<AnalyticsClock | null> {
    const [, , rows] = await Promise.all([
      this.database.query(beginSnapshot, []),
      this.database.query(compileNothing, []),
      this.database.query(readClock, []),
    ]);
    return rows[0] ?? null;
  }
}
