import type { Answer, Outcome } from './client.ts';

/** The requests for one record, and how each ended. */
export interface RecordLedger {
  userId: string;
  lessonId: string;
  courseId: string;
  creates: Outcome[];
  completes: Outcome[];
  /** The attempts of each addition. Addition number n adds `4 ** n` seconds. */
  adds: Outcome[][];
}

/** The base is large enough to tell an addition that was made twice from the next one. */
export const ADD_BASE = 4;

/** Every request of a load, and what its client knows of it. */
export class Ledger {
  readonly records = new Map<string, RecordLedger>();
  readonly counts: Record<Outcome, number> = { acknowledged: 0, failed: 0, unknown: 0 };
  /** How often each error code came. */
  readonly codes = new Map<string, number>();

  record(userId: string, courseId: string, lessonId: string): RecordLedger {
    const key = `${userId} ${lessonId}`;
    let record = this.records.get(key);
    if (!record) {
      record = { userId, courseId, lessonId, creates: [], completes: [], adds: [] };
      this.records.set(key, record);
    }
    return record;
  }

  note({ outcome, code }: Answer): Outcome {
    this.counts[outcome] += 1;
    if (code !== null) this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    return outcome;
  }

  get operations(): number {
    return this.counts.acknowledged + this.counts.failed + this.counts.unknown;
  }
}
