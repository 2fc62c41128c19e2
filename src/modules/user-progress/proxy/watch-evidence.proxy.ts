import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { BatchEvidence } from '../changes/batch-evidence.js';
import type { ProgressChange, RecordWatchChange } from '../changes/progress-change.js';
import { formatMultirange, highest, parseMultirange } from '../evidence/ranges.js';
import { pairName } from '../pair-name.js';
import { claimedHours, hourOf } from './claimed-hours.js';
import { BatchOvertakenError } from './progress-write.errors.js';
import { lockClockHours, lockSessions, saveEvidence } from './sql/watch-evidence.js';

/** Stores the evidence: the counted beats of sessions, and the credited seconds of learners' clocks. */
@Injectable()
export class WatchEvidenceProxy {
  /** Covers the oldest accepted beat, which may itself be a day long. */
  private readonly keptHours: number;
  private readonly maxAheadSeconds: number;

  constructor(
    private readonly database: Database,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.keptHours = environment.WATCH_MAX_AGE_HOURS + 25;
    this.maxAheadSeconds = environment.WATCH_MAX_AHEAD_SECONDS;
  }

  /** Locks the clock hours and sessions that the batch's beats may touch: clocks first, then sessions. */
  async lock(changes: readonly ProgressChange[], evidence: BatchEvidence): Promise<void> {
    const watches = changes.filter((change) => change.kind === 'recordWatch');
    if (watches.length === 0) return;
    await Promise.all([this.lockClocks(watches, evidence), this.lockSessions(watches, evidence)]);
  }

  private async lockClocks(
    watches: readonly RecordWatchChange[],
    evidence: BatchEvidence,
  ): Promise<void> {
    const spans = claimedHours(watches, this.maxAheadSeconds);
    if (spans.length === 0) return;
    const rows = await this.database.query(lockClockHours, [JSON.stringify(spans)]);
    for (const { userId, hour, credited, slackUsed } of rows) {
      const byRate = new Map(
        Object.entries(credited).map(([rate, ranges]) => [Number(rate), ranges]),
      );
      evidence.loadClockHour(userId, hour, { credited: byRate, slackUsed });
    }
  }

  private async lockSessions(
    watches: readonly RecordWatchChange[],
    evidence: BatchEvidence,
  ): Promise<void> {
    const keys = new Map(
      watches.map(({ userId, sessionId }) => [
        pairName(userId, sessionId),
        { user_id: userId, session_id: sessionId },
      ]),
    );
    const rows = await this.database.query(lockSessions, [JSON.stringify([...keys.values()])]);
    for (const { userId, sessionId, latestSeq, latestAt, ...row } of rows) {
      const counted = parseMultirange(row.counted);
      // Another highest number was stored by a process of an older version, which leaves the latest beat as it was.
      const isKnown = latestAt !== null && latestSeq === highest(counted);
      const latest = isKnown ? { seq: latestSeq, at: latestAt } : null;
      evidence.loadSession({ userId, sessionId, counted, latest, isNew: false });
    }
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
      hourOf(Math.floor(now.getTime() / 1_000)) - this.keptHours,
    ]);
    const fresh = [...sessions, ...hours].filter((entry) => entry.is_new).length;
    if (row!.inserted !== fresh) throw new BatchOvertakenError();
  }
}
