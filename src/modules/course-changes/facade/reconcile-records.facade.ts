import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { ReconcileFacade } from '../../user-progress/write/reconcile.facade.js';
import type { Evaluation } from '../evaluation.js';
import { CourseEvaluationProxy } from '../proxy/course-evaluation.proxy.js';
import { LOST, type Evaluated } from './evaluated.js';

/** The transaction around some records of a course's changed lessons: reconciled and remembered together. */
@Injectable()
export class ReconcileRecordsFacade {
  constructor(
    private readonly proxy: CourseEvaluationProxy,
    private readonly reconciling: ReconcileFacade,
    private readonly transactions: Transactions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Reconciles up to `limit` records after the evaluation's position, which must still be among the records. */
  evaluate(evaluation: Evaluation, limit: number): Promise<Evaluated> {
    return this.transactions.run(async () => {
      const { courseId, records } = evaluation;
      const portion = await this.reconciling.nextRecords(courseId, records!, limit);
      // Write the position before a record is locked: beats for it wait until the commit.
      const leaseSeconds = this.environment.COURSE_EVALUATION_LEASE_SECONDS;
      const next = await this.proxy.advanceRecords(evaluation, portion.position, leaseSeconds);
      if (!next) return LOST;
      const evaluated = { ...LOST, next: portion.last ? { ...next, records: null } : next };
      const summary = await this.reconciling.reconcile(portion.keys);
      return {
        ...evaluated,
        recounted: portion.keys.length,
        completed: summary.completedCourses.length,
        outboxFilled: summary.outboxFilled,
      };
    });
  }
}
