import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import { INT_MINIMUM } from '../../../common/graphql/int.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { hourKeptSeconds, sessionKeptSeconds } from '../evidence/kept.js';
import { SECONDS_PER_HOUR } from '../evidence/learner-clock.js';
import { forgetHours, forgetSessions, oldHours, oldSessions } from './sql/forget-evidence.js';

export interface SessionPosition {
  userId: string;
  sessionId: string;
}

export interface HourPosition {
  userId: string;
  hour: number;
}

/**
 * Deletes evidence that no beat can need any more, in portions. Each method takes the position after which to go on
 * (null: from the beginning), and returns the next one (null: that was the end).
 */
@Injectable()
export class EvidenceCleanupProxy {
  private readonly sessionSeconds: number;
  private readonly clockHours: number;

  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    const ages = {
      maxAgeSeconds: environment.WATCH_MAX_AGE_HOURS * SECONDS_PER_HOUR,
      maxAheadSeconds: environment.WATCH_MAX_AHEAD_SECONDS,
    };
    this.sessionSeconds = sessionKeptSeconds(ages);
    this.clockHours = Math.ceil(hourKeptSeconds(ages) / SECONDS_PER_HOUR);
  }

  async forgetSessions(after: SessionPosition | null): Promise<SessionPosition | null> {
    const { userId, sessionId } = after ?? { userId: '', sessionId: '' };
    const portion = await this.database.query(oldSessions, [
      userId,
      sessionId,
      this.sessionSeconds,
    ]);
    for (const old of this.placement.divide(portion.filter(({ isOld }) => isOld))) {
      const sessionIds = old.map((session) => session.sessionId);
      await this.database.query(forgetSessions, [usersOf(old), sessionIds, this.sessionSeconds]);
    }
    return portion.at(-1) ?? null;
  }

  async forgetHours(after: HourPosition | null): Promise<HourPosition | null> {
    const { userId, hour } = after ?? { userId: '', hour: INT_MINIMUM };
    const portion = await this.database.query(oldHours, [userId, hour, this.clockHours]);
    for (const old of this.placement.divide(portion.filter(({ isOld }) => isOld))) {
      await this.database.query(forgetHours, [usersOf(old), old.map((one) => one.hour)]);
    }
    return portion.at(-1) ?? null;
  }
}

const usersOf = (rows: readonly { userId: string }[]): string[] => rows.map(({ userId }) => userId);
