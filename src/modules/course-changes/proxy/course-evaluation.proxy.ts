import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { Evaluation } from '../evaluation.js';
import { advanceEvaluation } from './sql/advance-evaluation.js';
import { claimEvaluation } from './sql/claim-evaluation.js';
import { endWalk } from './sql/end-walk.js';
import { nextLearners } from './sql/next-learners.js';
import { pendingEvaluations } from './sql/pending-evaluations.js';
import { releaseEvaluation } from './sql/release-evaluation.js';
import { unknownStructures } from './sql/unknown-structures.js';

export interface Learner {
  userId: string;
  /** Whether the rollup was counted against another structure. */
  stale: boolean;
}

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

  nextLearners(evaluation: Evaluation, limit: number): Promise<Learner[]> {
    const { courseId, after, structureVersion } = evaluation;
    return this.database.query<Row<Learner>>(nextLearners, [
      courseId,
      after,
      structureVersion,
      limit,
    ]);
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

  async unknownStructures(olderThanSeconds: number, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ courseId: string }>(unknownStructures, [
      olderThanSeconds,
      limit,
    ]);
    return rows.map(({ courseId }) => courseId);
  }
}
