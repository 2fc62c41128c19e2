import { Injectable } from '@nestjs/common';
import { allInOrder } from '../../../common/database/all-in-order.js';
import { Database } from '../../../common/database/database.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import type { ChangedRecord } from '../changes/batch-records.js';
import type { BatchState } from '../changes/batch-state.js';
import { isOnlyWatched } from '../changes/only-watched.js';
import { rollupDelta } from '../changes/rollup-delta.js';
import { IdempotencyProxy } from './idempotency.proxy.js';
import { BatchOvertakenError } from './progress-write.errors.js';
import { courseRecordset } from './recordsets.js';
import { dateCompletions } from './sql/date-completions.js';
import { lockRollups, recountCourses, type Freshness } from './sql/recount-courses.js';
import { writeProgress } from './sql/write-progress.js';
import { writeWatched, writeWatchedAnew } from './sql/write-watched.js';
import { WatchEvidenceProxy } from './watch-evidence.proxy.js';
import { evidenceArrays, watchedValues } from './watched-values.js';
import { toWrittenRow, writtenDeltas } from './written-row.js';

export interface WriteSummary {
  /** Whether the outbox has new entries. */
  outboxFilled: boolean;
  completedCourses: CourseKey[];
}

/** The only code that changes `user_progress`. Its methods need a transaction, and locked rows (`BatchLockProxy`). */
@Injectable()
export class ProgressWriteProxy {
  constructor(
    private readonly database: Database,
    private readonly evidence: WatchEvidenceProxy,
    private readonly idempotency: IdempotencyProxy,
  ) {}

  /**
   * Writes what changed of the state: records, rollups, certificates' intents, outbox, evidence, first results.
   * @throws BatchOvertakenError when the transaction must be rolled back and the batch begun again.
   */
  async write(state: BatchState, trigger: 'course' | 'lesson'): Promise<WriteSummary> {
    const changed = state.records.changed();
    if (changed.every(isOnlyWatched)) {
      await allInOrder([this.writeWatched(state, changed), this.idempotency.save(state.results)]);
      return NOTHING_TOLD;
    }
    const [written] = await allInOrder([
      this.writeRecords(changed, trigger),
      this.evidence.save(state.evidence, state.now),
      this.idempotency.save(state.results),
    ]);
    const { inserted, stale } = written;
    if (inserted !== changed.filter(({ before }) => before === null).length) {
      throw new BatchOvertakenError();
    }
    const summary = summarize(written);
    const byLesson = trigger === 'lesson' ? changed.filter(completesLesson) : [];
    await this.dateCompletions([
      ...summary.completedCourses,
      ...byLesson.map(({ record }) => record),
    ]);
    if (!stale) return summary;
    return addUp(summary, await this.recount(stale, 'stale'));
  }

  /** The usual batch: no course can become complete, so nothing needs to be known of courses. */
  private async writeWatched(state: BatchState, records: readonly ChangedRecord[]): Promise<void> {
    const sessions = state.evidence.changedSessions();
    const hours = state.evidence.changedHours();
    if (sessions.length + hours.length + records.length === 0) return;
    const values = [
      state.exactNow,
      ...watchedValues(sessions.filter(isStored), hours.filter(isStored), records),
    ];
    const [newSessions, newHours] = [sessions.filter(isNew), hours.filter(isNew)];
    const expected = newSessions.length + newHours.length;
    if (expected === 0) {
      await this.database.query(writeWatched, values);
      return;
    }
    values.push(...evidenceArrays(newSessions, newHours), this.evidence.oldestHour(state.now));
    const [row] = await this.database.query(writeWatchedAnew, values);
    if (row!.inserted !== expected) throw new BatchOvertakenError();
  }

  private async writeRecords(changed: readonly ChangedRecord[], trigger: 'course' | 'lesson') {
    const rows = JSON.stringify(changed.map(toWrittenRow));
    const [written] = await this.database.query(writeProgress, [
      rows,
      trigger,
      writtenDeltas(changed),
    ]);
    return written!;
  }

  /**
   * Recounts rollups against the courses' present structure, and completes those that are complete by it.
   * @param freshness 'current' only if the learners' records in these courses are at home: nobody looks for misplaced
   *   ones after that
   */
  async recount(keys: readonly CourseKey[], freshness: Freshness): Promise<WriteSummary> {
    const recordset = courseRecordset(keys);
    await this.database.query(lockRollups, [recordset]);
    const [row] = await this.database.query(recountCourses, [recordset, freshness]);
    const summary = summarize(row!);
    await this.dateCompletions(summary.completedCourses);
    return summary;
  }

  private async dateCompletions(keys: readonly CourseKey[]): Promise<void> {
    if (keys.length > 0) await this.database.query(dateCompletions, [courseRecordset(keys)]);
  }
}

/** What two writes of one transaction did. */
export const addUp = (one: WriteSummary, other: WriteSummary): WriteSummary => ({
  outboxFilled: one.outboxFilled || other.outboxFilled,
  completedCourses: [...one.completedCourses, ...other.completedCourses],
});

const NOTHING_TOLD: WriteSummary = { outboxFilled: false, completedCourses: [] };

const isNew = (entry: { isNew: boolean }): boolean => entry.isNew;
const isStored = (entry: { isNew: boolean }): boolean => !entry.isNew;

const completesLesson = ({ record, before }: ChangedRecord): boolean =>
  rollupDelta(before, record).completed > 0;

const summarize = (row: {
  outboxRows: number;
  completedCourses: CourseKey[] | null;
}): WriteSummary => ({
  outboxFilled: row.outboxRows > 0,
  completedCourses: row.completedCourses ?? [],
});
