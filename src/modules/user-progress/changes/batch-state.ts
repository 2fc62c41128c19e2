import { LearnerClock, type ClockHour } from '../evidence/learner-clock.js';
import type { Ranges } from '../evidence/ranges.js';
import type { ProgressRecord } from '../progress-record.js';
import { rollupDelta } from './rollup-delta.js';

/** A counted session of a player. */
export interface SessionState {
  userId: string;
  sessionId: string;
  counted: Ranges;
  isNew: boolean;
}

export interface StoredResult {
  userId: string;
  key: string;
  fingerprint: string;
  record: ProgressRecord;
  isNew: boolean;
}

/** What a batch of changes works on: locked rows as they were read, and then as the changes leave them. */
export class BatchState {
  private readonly records = new Map<string, ProgressRecord>();
  /** As they were read. */
  private readonly stored = new Map<string, ProgressRecord>();
  private readonly changed = new Set<string>();
  private readonly sessions = new Map<string, SessionState>();
  private readonly changedSessions = new Set<string>();
  private readonly clocks = new Map<string, LearnerClock>();
  private readonly results = new Map<string, StoredResult>();

  /** Users of this batch for whom nothing may begin any more. */
  readonly erased = new Set<string>();

  /** The database's clock at the start of the transaction. */
  now = new Date(Number.NaN);

  load(record: ProgressRecord): void {
    const key = pair(record.userId, record.lessonId);
    this.records.set(key, record);
    this.stored.set(key, record);
  }

  loadSession(session: SessionState): void {
    this.sessions.set(pair(session.userId, session.sessionId), session);
  }

  loadClockHour(userId: string, hour: number, entry: ClockHour): void {
    this.clock(userId).load(hour, entry);
  }

  loadResult(result: StoredResult): void {
    this.results.set(pair(result.userId, result.key), result);
  }

  record(userId: string, lessonId: string): ProgressRecord | null {
    return this.records.get(pair(userId, lessonId)) ?? null;
  }

  save(record: ProgressRecord): void {
    const key = pair(record.userId, record.lessonId);
    this.records.set(key, record);
    this.changed.add(key);
  }

  session(userId: string, sessionId: string): SessionState {
    return (
      this.sessions.get(pair(userId, sessionId)) ?? { userId, sessionId, counted: [], isNew: true }
    );
  }

  saveSession(session: SessionState): void {
    const key = pair(session.userId, session.sessionId);
    this.sessions.set(key, session);
    this.changedSessions.add(key);
  }

  clock(userId: string): LearnerClock {
    let clock = this.clocks.get(userId);
    if (!clock) this.clocks.set(userId, (clock = new LearnerClock()));
    return clock;
  }

  result(userId: string, key: string): StoredResult | null {
    return this.results.get(pair(userId, key)) ?? null;
  }

  saveResult(result: StoredResult): void {
    this.results.set(pair(result.userId, result.key), result);
  }

  /** Each with the row that it replaces, or null where it is a new one. */
  changedRecords(): { record: ProgressRecord; before: ProgressRecord | null }[] {
    return [...this.changed].map((key) => ({
      record: this.records.get(key)!,
      before: this.stored.get(key) ?? null,
    }));
  }

  /**
   * Whether all that changed was locked as it was, and nothing began, completed or reopened: then writing cannot find
   * out that another process was faster, or that a course is complete.
   */
  canCommitUnread(): boolean {
    return (
      this.changedRecords().every(({ record, before }) => {
        const { started, completed } = rollupDelta(before, record);
        return before !== null && started === 0 && completed === 0;
      }) &&
      !this.changedSessionStates().some(({ isNew }) => isNew) &&
      !this.changedClockHours().some(({ isNew }) => isNew) &&
      this.newResults().length === 0
    );
  }

  changedSessionStates(): SessionState[] {
    return [...this.changedSessions].map((key) => this.sessions.get(key)!);
  }

  changedClockHours(): { userId: string; hour: number; entry: ClockHour; isNew: boolean }[] {
    return [...this.clocks].flatMap(([userId, clock]) =>
      clock.changedHours().map((changed) => ({ userId, ...changed })),
    );
  }

  newResults(): StoredResult[] {
    return [...this.results.values()].filter((result) => result.isNew);
  }
}

/** Ids have no spaces. */
const pair = (left: string, right: string): string => `${left} ${right}`;
