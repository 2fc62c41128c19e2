import { LearnerClock, type ClockHour } from '../evidence/learner-clock.js';
import type { CountedBeats } from '../evidence/session.js';
import { pairName } from '../pair-name.js';

/** Which beats of a player's session were counted. */
export interface SessionState extends CountedBeats {
  userId: string;
  sessionId: string;
  isNew: boolean;
}

export interface ChangedHour {
  userId: string;
  /** Hours since 1970. */
  hour: number;
  entry: ClockHour;
  isNew: boolean;
}

/** The sessions and clocks of a batch; beats are checked against them. */
export class BatchEvidence {
  private readonly sessions = new Map<string, SessionState>();
  private readonly changedNames = new Set<string>();
  private readonly clocks = new Map<string, LearnerClock>();

  loadSession(session: SessionState): void {
    this.sessions.set(pairName(session.userId, session.sessionId), session);
  }

  loadClockHour(userId: string, hour: number, entry: ClockHour): void {
    this.clock(userId).load(hour, entry);
  }

  session(userId: string, sessionId: string): SessionState {
    return (
      this.sessions.get(pairName(userId, sessionId)) ?? {
        userId,
        sessionId,
        counted: [],
        isNew: true,
      }
    );
  }

  saveSession(session: SessionState): void {
    const name = pairName(session.userId, session.sessionId);
    this.sessions.set(name, session);
    this.changedNames.add(name);
  }

  clock(userId: string): LearnerClock {
    let clock = this.clocks.get(userId);
    if (!clock) this.clocks.set(userId, (clock = new LearnerClock()));
    return clock;
  }

  changedSessions(): SessionState[] {
    return [...this.changedNames].map((name) => this.sessions.get(name)!);
  }

  changedHours(): ChangedHour[] {
    return [...this.clocks].flatMap(([userId, clock]) =>
      clock.changedHours().map((changed) => ({ userId, ...changed })),
    );
  }
}
