import { pairName } from '../pair-name.js';
import type { ProgressRecord } from '../progress-record.js';

export interface ChangedRecord {
  record: ProgressRecord;
  /** The row that it replaces; null when the record is new. */
  before: ProgressRecord | null;
  /** What the record was in between where the batch deleted it: its last live state, and the deleted one. */
  ends: readonly ProgressRecord[];
}

/** The records of a batch: first as they were read under their locks, later with the batch's changes. */
export class BatchRecords {
  private readonly records = new Map<string, ProgressRecord>();
  private readonly stored = new Map<string, ProgressRecord>();
  private readonly changedNames = new Set<string>();
  private readonly ends = new Map<string, ProgressRecord[]>();

  /** Adds a row as it was read. */
  load(record: ProgressRecord): void {
    const name = pairName(record.userId, record.lessonId);
    this.records.set(name, record);
    this.stored.set(name, record);
  }

  find(userId: string, lessonId: string): ProgressRecord | null {
    return this.records.get(pairName(userId, lessonId)) ?? null;
  }

  save(record: ProgressRecord): void {
    const name = pairName(record.userId, record.lessonId);
    if (record.deletedAt !== null) this.keepEnd(name, record);
    this.records.set(name, record);
    this.changedNames.add(name);
  }

  changed(): ChangedRecord[] {
    return [...this.changedNames].map((name) => ({
      record: this.records.get(name)!,
      before: this.stored.get(name) ?? null,
      ends: this.ends.get(name) ?? NONE,
    }));
  }

  private keepEnd(name: string, deleted: ProgressRecord): void {
    const ends = this.ends.get(name) ?? [];
    this.ends.set(name, [...ends, this.records.get(name)!, deleted]);
  }
}

const NONE: readonly ProgressRecord[] = [];
