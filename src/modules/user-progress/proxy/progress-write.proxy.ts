import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { BatchState } from '../changes/batch-state.js';
import { mayBegin, type ProgressChange } from '../changes/progress-change.js';
import { BatchOvertakenError } from './progress-write.errors.js';
import { toRecord, toWrittenRow, type RecordRow } from './record-row.js';
import { WatchEvidenceProxy } from './watch-evidence.proxy.js';
import { IdempotencyProxy } from './idempotency.proxy.js';
import { erasedUsers } from '../../privacy/proxy/sql/erased-users.js';
import { lockRecords } from './sql/lock-records.js';
import { lockRollups, recountCourses } from './sql/recount-courses.js';
import { writeProgress } from './sql/write-progress.js';

/** A learner in a course. */
export interface CoursePair {
  userId: string;
  courseId: string;
}

export interface WriteSummary {
  /** Whether the outbox has something to send. */
  outboxFilled: boolean;
  completedCourses: CoursePair[];
}

interface PairRow {
  user_id: string;
  course_id: string;
}

/** Where nothing was locked there is one row, with nothing but the time. */
type LockedRow = { now: Date } & (RecordRow | { [K in keyof RecordRow]: null });

interface WriteRow {
  inserted: number;
  outbox_rows: number;
  completed_courses: PairRow[] | null;
  stale: PairRow[] | null;
}

/** The only way in which `user_progress` changes. All of it needs a transaction. */
@Injectable()
export class ProgressWriteProxy {
  constructor(
    private readonly database: Database,
    private readonly evidence: WatchEvidenceProxy,
    private readonly idempotency: IdempotencyProxy,
  ) {}

  /**
   * Locks and reads everything that the changes may touch. The statements are sent together and executed one after the
   * other, in this order: whoever locks in another one may wait for us in a circle.
   */
  async lock(changes: readonly ProgressChange[]): Promise<BatchState> {
    const state = new BatchState();
    await Promise.all([
      this.evidence.lock(changes, state),
      this.idempotency.load(changes, state),
      this.lockRecords(changes, state),
      this.loadErased(changes, state),
    ]);
    return state;
  }

  private async lockRecords(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const keys = new Map(
      changes.map(({ userId, lessonId }) => [
        `${userId} ${lessonId}`,
        { user_id: userId, lesson_id: lessonId },
      ]),
    );
    const rows = await this.database.query<LockedRow>(lockRecords, [
      JSON.stringify([...keys.values()]),
    ]);
    state.now = rows[0]!.now;
    for (const row of rows) if (row.id !== null) state.load(toRecord(row));
  }

  /** Only what may begin a record can bring an erased learner back. */
  private async loadErased(changes: readonly ProgressChange[], state: BatchState): Promise<void> {
    const users = new Set(changes.filter(mayBegin).map(({ userId }) => userId));
    if (users.size === 0) return;
    const erased = await this.database.query(erasedUsers, [[...users]]);
    for (const { userId } of erased) state.erased.add(userId);
  }

  /**
   * Writes what the changes left in the state: records, rollups, certificates' intents, outbox, evidence.
   * @throws BatchOvertakenError when the transaction must be rolled back and the batch begun again.
   */
  async write(state: BatchState, trigger: 'course' | 'lesson'): Promise<WriteSummary> {
    const changed = state.changedRecords();
    if (changed.length === 0) return { outboxFilled: false, completedCourses: [] };
    const rows = changed.map(({ record, before }) => toWrittenRow(record, before));
    const [[written]] = await Promise.all([
      this.database.query<WriteRow>(writeProgress, [JSON.stringify(rows), trigger]),
      this.evidence.save(state),
      this.idempotency.save(state),
    ]);
    if (written!.inserted !== changed.filter(({ before }) => before === null).length) {
      throw new BatchOvertakenError();
    }
    const summary = summarize(written!);
    if (!written!.stale) return summary;
    const recounted = await this.recount(written!.stale.map(toPair));
    return {
      outboxFilled: summary.outboxFilled || recounted.outboxFilled,
      completedCourses: [...summary.completedCourses, ...recounted.completedCourses],
    };
  }

  /** Counts rollups anew against the courses' present structure, completing those that are complete by it. */
  async recount(pairs: readonly CoursePair[]): Promise<WriteSummary> {
    const keys = JSON.stringify(
      pairs.map(({ userId, courseId }) => ({ user_id: userId, course_id: courseId })),
    );
    await this.database.query(lockRollups, [keys]);
    const [row] = await this.database.query<WriteRow>(recountCourses, [keys]);
    return summarize(row!);
  }
}

const toPair = (row: PairRow): CoursePair => ({ userId: row.user_id, courseId: row.course_id });

const summarize = (row: WriteRow): WriteSummary => ({
  outboxFilled: row.outbox_rows > 0,
  completedCourses: (row.completed_courses ?? []).map(toPair),
});
