import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import type { Statement } from '../../../common/database/statement.js';
import type { Evaluation } from '../evaluation.js';
import type { RecordPosition } from '../../user-progress/proxy/reconcile.proxy.js';
import {
  BEFORE_ALL_RECORDS,
  forgetReconciledLessons,
} from '../../user-progress/proxy/sql/reconcile-records.js';
import { advanceEvaluation, advanceRecords } from './sql/advance-evaluation.js';
import { claimEvaluation } from './sql/claim-evaluation.js';
import { endWalk } from './sql/end-walk.js';
import { nextLearners, touchedLearners, unreconciledSince } from './sql/next-learners.js';
import { pendingEvaluations } from './sql/pending-evaluations.js';
import { requestEvaluations } from './sql/request-evaluations.js';
import { releaseEvaluation } from './sql/release-evaluation.js';
import { unknownStructures, unseenCourses } from './sql/overdue-courses.js';

export interface NextLearners {
  /** The learners whose rollups were counted against another structure. */
  stale: string[];
  /** The last learner that was looked at. */
  after: string;
  /** Whether there are no learners after that one. */
  last: boolean;
}

/** Learners looked at for each that may be recounted: when few need it, a walk is short. */
const SEEN_FOR_ONE = 4;

/** Stores which courses changed, and how far the evaluation of their learners is. */
@Injectable()
export class CourseEvaluationProxy {
  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
  ) {}

  /** Null when no course is waiting, or other processes hold them all. */
  async claim(leaseSeconds: number): Promise<Evaluation | null> {
    const [row] = await this.database.query(claimEvaluation, [leaseSeconds]);
    if (!row) return null;
    const { lessonId, recordId, ...evaluation } = row;
    const position = { lessonId: lessonId ?? '', recordId: recordId ?? BEFORE_ALL_RECORDS };
    // The walk comes to the learners after the last record.
    return { ...evaluation, records: evaluation.after === '' ? position : null };
  }

  /** Finds up to `limit` learners to recount. No transaction takes longer than `settleSeconds`. */
  async nextLearners(
    evaluation: Evaluation,
    limit: number,
    settleSeconds: number,
  ): Promise<NextLearners> {
    const { courseId, after, structureVersion } = evaluation;
    const most = limit * SEEN_FOR_ONE;
    const seen = await this.database.query(nextLearners, [courseId, after, most]);
    const touched = await this.touched(courseId, seen, settleSeconds);
    const stale = seen
      .filter((one) => one.structureVersion !== structureVersion || touched.has(one.userId))
      .slice(0, limit)
      .map(({ userId }) => userId);
    if (stale.length === limit) return { stale, after: stale.at(-1)!, last: false };
    return { stale, after: seen.at(-1)?.userId ?? after, last: seen.length < most };
  }

  /** The learners whose record in an unreconciled lesson may have been written without knowing of the lesson. */
  private async touched(
    courseId: string,
    learners: readonly { userId: string }[],
    settleSeconds: number,
  ): Promise<Set<string>> {
    const lessons = await this.database.query(unreconciledSince, [courseId, settleSeconds]);
    if (lessons.length === 0) return new Set();
    const touched = await this.placement.inEach(learners, (part) =>
      this.database.query(touchedLearners, [
        part.map(({ userId }) => userId),
        lessons.map(({ lessonId }) => lessonId),
        lessons.map(({ since }) => since),
        this.placement.name(part),
      ]),
    );
    return new Set(touched.map(({ userId }) => userId));
  }

  /** As `advance`, over the records of changed lessons. */
  async advanceRecords(
    evaluation: Evaluation,
    records: RecordPosition,
    leaseSeconds: number,
  ): Promise<Evaluation | null> {
    const { courseId, leaseToken } = evaluation;
    const [held] = await this.database.query(advanceRecords, [
      courseId,
      leaseToken,
      records.lessonId,
      records.recordId,
      leaseSeconds,
    ]);
    return held ? { ...evaluation, records } : null;
  }

  /** Null when the lease was lost: to another process, or to another change of the structure. */
  async advance(
    evaluation: Evaluation,
    after: string,
    leaseSeconds: number,
  ): Promise<Evaluation | null> {
    const { courseId, leaseToken } = evaluation;
    const [held] = await this.database.query(advanceEvaluation, [
      courseId,
      leaseToken,
      after,
      leaseSeconds,
    ]);
    return held ? { ...evaluation, after } : null;
  }

  /** @returns whether the course needs no further walk; also false when the lease was lost. */
  async endWalk(evaluation: Evaluation, settleSeconds: number): Promise<boolean> {
    const { courseId, leaseToken, begunAt } = evaluation;
    // First, and by itself: if the process dies in between, another walk finds nothing to do. In one statement with the
    // end, it could deadlock with a change of the structure.
    await this.database.query(forgetReconciledLessons, [courseId, begunAt, settleSeconds]);
    const [ended] = await this.database.query(endWalk, [courseId, leaseToken, settleSeconds]);
    return ended?.final ?? false;
  }

  async release({ courseId, leaseToken }: Evaluation): Promise<void> {
    await this.database.query(releaseEvaluation, [courseId, leaseToken]);
  }

  /** Requests the evaluations that should be there but are not. */
  async requestMissing(): Promise<void> {
    await this.database.query(requestEvaluations, []);
  }

  async pending(): Promise<number> {
    const [row] = await this.database.query(pendingEvaluations, []);
    return row!.pending;
  }

  unknownStructures(olderThanSeconds: number, limit: number): Promise<string[]> {
    return this.overdue(unknownStructures, olderThanSeconds, limit);
  }

  unseenCourses(olderThanSeconds: number, limit: number): Promise<string[]> {
    return this.overdue(unseenCourses, olderThanSeconds, limit);
  }

  private async overdue(
    which: Statement<{ courseId: string }>,
    seconds: number,
    limit: number,
  ): Promise<string[]> {
    const rows = await this.database.query(which, [seconds, limit]);
    return rows.map(({ courseId }) => courseId);
  }
}
