import { pairName } from '../pair-name.js';
import type { ProgressRecord } from '../progress-record.js';

export interface ChangedRecord {
  record: ProgressRecord;
  /** The row that it replaces; null when the record is new. */
  before: ProgressRecord | null;
}

/** The records of a batch: first as they were read under their locks, later with the batch's changes. */
export class BatchRecords {
  private readonly records = new Map<string, ProgressRecord>();
  private readonly stored = new Map<string, ProgressRecord>();
  private readonly changedNames = new Set<string>();

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
    this.records.set(name, record);
    this.changedNames.add(name);
  }

  changed(): ChangedRecord[] {
    return [...this.changedNames].map((name) => ({
      record: this.records.get(name)!,
      before: this.stored.get(name) ?? null,
    }));
  }
}
