import { Injectable } from '@nestjs/common';
import { allInOrder } from '../../../common/database/all-in-order.js';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import { storedMoves } from '../../analytics/journal/stored-moves.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { batchMoves } from '../changes/batch-moves.js';
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
    private readonly placement: Placement,
  ) {}

  /**
   * Writes what changed of the state: records, rollups, certificates' intents, outbox, evidence, first results.
   * @throws BatchOvertakenError when the transaction must be rolled back and the batch begun again.
   */
  async write(state: BatchState, trigger: 'course' | 'lesson'): Promise<WriteSummary> {
    const changed = state.records.changed();
    if (changed.every(isOnlyWatched)) {
      await allInOrder([
        this.writeWatched(state, changed),
        this.idempotency.save(state.results, state.now),
      ]);
      return NOTHING;
    }
    const [written] = await allInOrder([
      this.writeRecords(changed, trigger, state),
      this.evidence.save(state.evidence, state.now),
      this.idempotency.save(state.results, state.now),
    ]);
    const { inserted, stale } = written;
    if (inserted !== changed.filter(({ before }) => before === null).length) {
      throw new BatchOvertakenError();
    }
    const summary = summarize(written);
    const byLesson = trigger === 'lesson' ? changed.filter(completesLesson) : [];
    await this.dateCompletions(
      [...summary.completedCourses, ...byLesson.map(({ record }) => record)],
      state.exactNow,
    );
    if (stale.length === 0) return summary;
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
      this.placement.name([...sessions, ...hours, ...records.map(({ record }) => record)]),
      ...journalValues(records, state),
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

  private async writeRecords(
    changed: readonly ChangedRecord[],
    trigger: 'course' | 'lesson',
    state: BatchState,
  ) {
    const owned = changed.map((one) => ({ ...one, userId: one.record.userId }));
    const written = await this.placement.inEach(owned, (part) =>
      this.database.query(writeProgress, [
        JSON.stringify(part.map(toWrittenRow)),
        trigger,
        writtenDeltas(part),
        state.exactNow,
        this.placement.name(part),
        ...journalValues(part, state),
      ]),
    );
    return written.reduce(addUpWritten);
  }

  /**
   * Recounts rollups against the courses' present structure, and completes those that are complete by it.
   * @param freshness 'current' only if the learners' records in these courses are at home: nobody looks for misplaced
   *   ones after that
   */
  async recount(keys: readonly CourseKey[], freshness: Freshness): Promise<WriteSummary> {
    const summaries = await this.placement.inEach(keys, async (part) => [
      await this.recountPart(part, freshness),
    ]);
    return summaries.reduce(addUp, NOTHING);
  }

  private async recountPart(
    keys: readonly CourseKey[],
    freshness: Freshness,
  ): Promise<WriteSummary> {
    const [recordset, named] = [courseRecordset(keys), this.placement.name(keys)];
    const [locked] = await this.database.query(lockRollups, [recordset, named]);
    if (!locked) return NOTHING;
    const { now } = locked;
    const [row] = await this.database.query(recountCourses, [recordset, freshness, named, now]);
    const summary = summarize(row!);
    await this.dateCompletions(summary.completedCourses, now);
    return summary;
  }

  private async dateCompletions(keys: readonly CourseKey[], now: string): Promise<void> {
    await this.placement.inEach(keys, (part) =>
      this.database.query(dateCompletions, [courseRecordset(part), this.placement.name(part), now]),
    );
  }
}

interface Written {
  inserted: number;
  outboxRows: number;
  completedCourses: CourseKey[];
  stale: CourseKey[];
}

const addUpWritten = (one: Written, other: Written): Written => ({
  inserted: one.inserted + other.inserted,
  outboxRows: one.outboxRows + other.outboxRows,
  completedCourses: [...one.completedCourses, ...other.completedCourses],
  stale: [...one.stale, ...other.stale],
});

/** What two writes of one transaction did. */
export const addUp = (one: WriteSummary, other: WriteSummary): WriteSummary => ({
  outboxFilled: one.outboxFilled || other.outboxFilled,
  completedCourses: [...one.completedCourses, ...other.completedCourses],
});

const NOTHING: WriteSummary = { outboxFilled: false, completedCourses: [] };

/** What the batch moves in analytics: nulls where that is nothing. */
function journalValues(changed: readonly ChangedRecord[], state: BatchState): unknown[] {
  const moved = batchMoves(changed, state);
  if (moved.length === 0) return [null, null];
  const { userId, moves } = storedMoves(moved, state.now);
  return [userId, moves];
}

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
