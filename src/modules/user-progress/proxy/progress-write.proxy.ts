import { Injectable } from '@nestjs/common';
import { allInOrder } from '../../../common/database/all-in-order.js';
import { Database } from '../../../common/database/database.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { erasedUsers } from '../../privacy/proxy/sql/erased-users.js';
import type { ChangedRecord } from '../changes/batch-records.js';
import { BatchState } from '../changes/batch-state.js';
import { mayBegin, mayReconcile, type ProgressChange } from '../changes/progress-change.js';
import { rollupDelta } from '../changes/rollup-delta.js';
import type { ProgressRecord } from '../progress-record.js';
import { IdempotencyProxy } from './idempotency.proxy.js';
import { BatchOvertakenError } from './progress-write.errors.js';
import { courseRecordset, homeRecordset, lessonRecordset } from './recordsets.js';
import { dateCompletions } from './sql/date-completions.js';
import { lockRecords } from './sql/lock-records.js';
import { properHomes } from './sql/proper-homes.js';
import { lockRollups, recountCourses, type Freshness } from './sql/recount-courses.js';
import { writeProgress } from './sql/write-progress.js';
import { WatchEvidenceProxy } from './watch-evidence.proxy.js';
import { toWrittenRow, writtenDeltas } from './written-row.js';

export interface WriteSummary {
  /** Whether the outbox has new entries. */
  outboxFilled: boolean;
  completedCourses: CourseKey[];
}

/** The only code that changes `user_progress`. Its methods need a transaction. */
@Injectable()
export class ProgressWriteProxy {
  constructor(
    private readonly database: Database,
    private readonly evidence: WatchEvidenceProxy,
    private readonly idempotency: IdempotencyProxy,
  ) {}

  /**
   * Locks and reads everything that the changes may touch. The statements are sent together, and PostgreSQL executes
   * them in this order. All transactions must lock in this order, or they can deadlock.
   */
  async lock(changes: readonly ProgressChange[]): Promise<BatchState> {
    const state = new BatchState();
    await allInOrder([
      this.evidence.lock(changes, state.evidence),
      this.idempotency.load(changes, state.results),
      this.lockRecords(changes, state),
      this.loadHomes(changes, state),
      this.loadErased(changes, state),
    ]);
    return state;
  }

  private async lockRecords(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const rows = await this.database.query(lockRecords, [lessonRecordset(changes)]);
    state.now = rows[0]!.now;
    for (const { now: _, ...record } of rows) if (isLocked(record)) state.records.load(record);
  }

  /** Sent behind the lock of the records: it reads them as they are then. */
  private async loadHomes(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const reconciling = changes.filter(mayReconcile);
    if (reconciling.length === 0) return;
    const homes = await this.database.query(properHomes, [homeRecordset(reconciling)]);
    for (const home of homes) state.homes.load(home);
  }

  /** Only a change that may create a record can bring an erased learner back. */
  private async loadErased(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const users = new Set(changes.filter(mayBegin).map(({ userId }) => userId));
    if (users.size === 0) return;
    const erased = await this.database.query(erasedUsers, [[...users]]);
    for (const { userId } of erased) state.erased.add(userId);
  }

  /**
   * Writes what changed of the state: records, rollups, certificates' intents, outbox, evidence, first results.
   * @throws BatchOvertakenError when the transaction must be rolled back and the batch begun again.
   */
  async write(state: BatchState, trigger: 'course' | 'lesson'): Promise<WriteSummary> {
    const changed = state.records.changed();
    const [written] = await allInOrder([
      this.writeRecords(changed, trigger),
      this.evidence.save(state.evidence, state.now),
      this.idempotency.save(state.results),
    ]);
    if (!written) return { outboxFilled: false, completedCourses: [] };
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

  private async writeRecords(changed: readonly ChangedRecord[], trigger: 'course' | 'lesson') {
    if (changed.length === 0) return null;
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

/** When no row is locked, the statement returns one row with the time and no record. */
const isLocked = (row: {
  [Property in keyof ProgressRecord]: ProgressRecord[Property] | null;
}): row is ProgressRecord => row.id !== null;

const completesLesson = ({ record, before }: ChangedRecord): boolean =>
  rollupDelta(before, record).completed > 0;

const summarize = (row: {
  outboxRows: number;
  completedCourses: CourseKey[] | null;
}): WriteSummary => ({
  outboxFilled: row.outboxRows > 0,
  completedCourses: row.completedCourses ?? [],
});
