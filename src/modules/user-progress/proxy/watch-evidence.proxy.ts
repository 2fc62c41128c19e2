import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { BatchEvidence } from '../changes/batch-evidence.js';
import { formatMultirange } from '../evidence/ranges.js';
import { hourOf } from './claimed-hours.js';
import { BatchOvertakenError } from './progress-write.errors.js';
import { saveEvidence } from './sql/save-evidence.js';

/** Stores the evidence: the counted beats of sessions, and the credited seconds of learners' clocks. */
@Injectable()
export class WatchEvidenceProxy {
  /** Covers the oldest accepted beat, which may itself be a day long. */
  private readonly keptHours: number;

  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.keptHours = environment.WATCH_MAX_AGE_HOURS + 25;
  }

  /** The oldest hour of a clock that is kept at the time `now`. */
  oldestHour(now: Date): number {
    return hourOf(Math.floor(now.getTime() / 1_000)) - this.keptHours;
  }

  /** @param now the transaction's time; hours that are too old by it are deleted */
  async save(evidence: BatchEvidence, now: Date): Promise<void> {
    const sessions = evidence.changedSessions().map((session) => ({
      user_id: session.userId,
      session_id: session.sessionId,
      counted: formatMultirange(session.counted),
      latest_seq: session.latest?.seq,
      latest_at: session.latest?.at,
      is_new: session.isNew,
    }));
    const hours = evidence.changedHours().map(({ userId, hour, entry, isNew }) => ({
      user_id: userId,
      hour,
      credited: Object.fromEntries(entry.credited),
      slack_used: entry.slackUsed,
      is_new: isNew,
    }));
    if (sessions.length === 0 && hours.length === 0) return;
    const [row] = await this.database.query(saveEvidence, [
      JSON.stringify(sessions),
      JSON.stringify(hours),
      this.oldestHour(now),
      this.placement.name([...evidence.changedSessions(), ...evidence.changedHours()]),
    ]);
    const fresh = [...sessions, ...hours].filter((entry) => entry.is_new).length;
    if (row!.inserted !== fresh) throw new BatchOvertakenError();
  }
}
