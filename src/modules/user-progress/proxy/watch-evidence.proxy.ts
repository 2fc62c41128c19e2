import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { BatchState } from '../changes/batch-state.js';
import type { ProgressChange, RecordWatchChange } from '../changes/progress-change.js';
import type { Beat } from '../evidence/credit-beat.js';
import { SECONDS_PER_HOUR } from '../evidence/learner-clock.js';
import { formatMultirange, parseMultirange, type Ranges } from '../evidence/ranges.js';
import { BatchOvertakenError } from './progress-write.errors.js';
import { lockClockHours, lockSessions, saveEvidence } from './sql/watch-evidence.js';

interface SessionRow {
  user_id: string;
  session_id: string;
  counted: string;
}

interface HourRow {
  user_id: string;
  hour: number;
  credited: Record<string, Ranges>;
  slack_used: number;
}

/** What was counted of players' sessions and of learners' clocks. */
@Injectable()
export class WatchEvidenceProxy {
  /** The oldest beat that is accepted may itself be a day long. */
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
  async lock(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const watches = changes.filter((change) => change.kind === 'recordWatch');
    if (watches.length === 0) return;
    await Promise.all([this.lockClocks(watches, state), this.lockSessions(watches, state)]);
  }

  private async lockClocks(
    watches: readonly RecordWatchChange[],
    state: BatchState,
  ): Promise<void> {
    const spans = hoursOf(watches, this.maxAheadSeconds);
    const rows = await this.database.query<HourRow>(lockClockHours, [JSON.stringify(spans)]);
    for (const row of rows) {
      const credited = new Map(
        Object.entries(row.credited).map(([rate, ranges]) => [Number(rate), ranges]),
      );
      state.loadClockHour(row.user_id, row.hour, { credited, slackUsed: row.slack_used });
    }
  }

  private async lockSessions(
    watches: readonly RecordWatchChange[],
    state: BatchState,
  ): Promise<void> {
    const keys = new Map(
      watches.map(({ userId, sessionId }) => [
        `${userId} ${sessionId}`,
        { user_id: userId, session_id: sessionId },
      ]),
    );
    const rows = await this.database.query<SessionRow>(lockSessions, [
      JSON.stringify([...keys.values()]),
    ]);
    for (const row of rows) {
      state.loadSession({
        userId: row.user_id,
        sessionId: row.session_id,
        counted: parseMultirange(row.counted),
        isNew: false,
      });
    }
  }

  async save(state: BatchState): Promise<void> {
    const sessions = state.changedSessionStates().map((session) => ({
      user_id: session.userId,
      session_id: session.sessionId,
      counted: formatMultirange(session.counted),
      is_new: session.isNew,
    }));
    const hours = state.changedClockHours().map(({ userId, hour, entry, isNew }) => ({
      user_id: userId,
      hour,
      credited: Object.fromEntries(entry.credited),
      slack_used: entry.slackUsed,
      is_new: isNew,
    }));
    if (sessions.length === 0 && hours.length === 0) return;
    const [row] = await this.database.query<{ inserted: number }>(saveEvidence, [
      JSON.stringify(sessions),
      JSON.stringify(hours),
      hourOf(Math.floor(state.now.getTime() / 1_000)) - this.keptHours,
    ]);
    const fresh = [...sessions, ...hours].filter((entry) => entry.is_new).length;
    if (row!.inserted !== fresh) throw new BatchOvertakenError();
  }
}

/**
 * One span of hours a learner: from the start of the earliest beat to the end of the latest. A beat ahead of the
 * database's clock is credited up to that clock, which nobody has read yet: such a beat is as much ahead at most as is
 * allowed, or it is rejected.
 */
function hoursOf(
  watches: readonly RecordWatchChange[],
  maxAheadSeconds: number,
): { user_id: string; first_hour: number; last_hour: number }[] {
  const spans = new Map<string, { user_id: string; first_hour: number; last_hour: number }>();
  for (const { userId, beats } of watches) {
    for (const beat of beats) {
      const end = Math.floor(beat.at.getTime() / 1_000);
      const first = hourOf(end - maxAheadSeconds - longestSpan(beat));
      const last = hourOf(end);
      const span = spans.get(userId);
      if (!span) spans.set(userId, { user_id: userId, first_hour: first, last_hour: last });
      else {
        span.first_hour = Math.min(span.first_hour, first);
        span.last_hour = Math.max(span.last_hour, last);
      }
    }
  }
  return [...spans.values()];
}

const hourOf = (seconds: number): number => Math.floor(seconds / SECONDS_PER_HOUR);

/** No shorter than the wall-clock seconds that crediting the beat may claim. */
const longestSpan = (beat: Beat): number =>
  Math.ceil((beat.to - beat.from) / beat.rate) + (beat.to - beat.from) + 1;
