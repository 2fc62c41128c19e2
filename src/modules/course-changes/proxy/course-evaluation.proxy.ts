import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../../common/database/database.js';
import type { Evaluation } from '../evaluation.js';
import { advanceEvaluation } from './sql/advance-evaluation.js';
import { claimEvaluation } from './sql/claim-evaluation.js';
import { endWalk } from './sql/end-walk.js';
import { nextLearners } from './sql/next-learners.js';
import { pendingEvaluations } from './sql/pending-evaluations.js';
import { releaseEvaluation } from './sql/release-evaluation.js';
import { unknownStructures, unseenCourses } from './sql/overdue-courses.js';

export interface NextLearners {
  /** Those whose rollups were counted against another structure. */
  stale: string[];
  /** The last learner that needs no further look. */
  after: string;
  /** Whether there are no learners behind that one. */
  last: boolean;
}

/** Learners looked at for each that may be recounted: where few are left, a walk is short. */
const SEEN_FOR_ONE = 4;

type Row<T> = T & Record<string, unknown>;

/** Which courses changed, and how far their learners are evaluated. */
@Injectable()
export class CourseEvaluationProxy {
  constructor(private readonly database: Database) {}

  /** Null when there is nothing to do that another process is not doing. */
  async claim(leaseSeconds: number): Promise<Evaluation | null> {
    const rows = await this.database.query<Row<Evaluation>>(claimEvaluation, [leaseSeconds]);
    return rows[0] ?? null;
  }

  /** Finds up to `limit` learners that are to be recounted. */
  async nextLearners(evaluation: Evaluation, limit: number): Promise<NextLearners> {
    const { courseId, after, structureVersion } = evaluation;
    const most = limit * SEEN_FOR_ONE;
    const [row] = await this.database.query<{
      seen: number;
      last: string | null;
      stale: string[];
    }>(nextLearners, [courseId, after, structureVersion, limit, most]);
    const { seen, last, stale } = row!;
    if (stale.length === limit) return { stale, after: stale.at(-1)!, last: false };
    return { stale, after: last ?? after, last: seen < most };
  }

  /** Null when the lease was lost: to another process, or to another change of the structure. */
  async advance(
    evaluation: Evaluation,
    after: string,
    leaseSeconds: number,
  ): Promise<Evaluation | null> {
    const { courseId, lease } = evaluation;
    const rows = await this.database.query<{ lease: string }>(advanceEvaluation, [
      courseId,
      lease,
      after,
      leaseSeconds,
    ]);
    return rows[0] ? { ...evaluation, after, lease: rows[0].lease } : null;
  }

  /** @returns whether the course needs no further walk. */
  async endWalk({ courseId, lease }: Evaluation, settleSeconds: number): Promise<boolean> {
    const rows = await this.database.query<{ final: boolean }>(endWalk, [
      courseId,
      lease,
      settleSeconds,
    ]);
    return rows[0]?.final ?? false;
  }

  async release({ courseId, lease }: Evaluation): Promise<void> {
    await this.database.query(releaseEvaluation, [courseId, lease]);
  }

  async pending(): Promise<number> {
    const [row] = await this.database.query<{ pending: number }>(pendingEvaluations, []);
    return row!.pending;
  }

  unknownStructures(olderThanSeconds: number, limit: number): Promise<string[]> {
    return this.overdue(unknownStructures, olderThanSeconds, limit);
  }

  unseenCourses(olderThanSeconds: number, limit: number): Promise<string[]> {
    return this.overdue(unseenCourses, olderThanSeconds, limit);
  }

  private async overdue(which: Statement, seconds: number, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ courseId: string }>(which, [seconds, limit]);
    return rows.map(({ courseId }) => courseId);
  }
}
