import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { RecountFacade } from '../../user-progress/write/recount.facade.js';
import { ReconcileFacade } from '../../user-progress/write/reconcile.facade.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import type { Evaluation } from '../evaluation.js';
import { longestTransactionSeconds } from '../longest-transaction.js';
import { CourseEvaluationProxy } from '../proxy/course-evaluation.proxy.js';
import { LOST, type Evaluated } from './evaluated.js';

/** Records of one transaction: it takes some 40 ms, and beats for them wait as long. */
const RECORDS_AT_ONCE = 100;

/** The transaction around some learners of a changed course: their evaluation and its position are stored together. */
@Injectable()
export class EvaluateLearnersFacade {
  private readonly settleSeconds: number;

  constructor(
    private readonly proxy: CourseEvaluationProxy,
    private readonly recounts: RecountFacade,
    private readonly reconciling: ReconcileFacade,
    private readonly transactions: Transactions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.settleSeconds = longestTransactionSeconds(environment);
  }

  /** Evaluates up to `limit` learners. */
  async evaluate(evaluation: Evaluation, limit: number): Promise<Evaluated> {
    const learners = await this.proxy.nextLearners(evaluation, limit, this.settleSeconds);
    const keys = learners.stale.map((userId) => ({ userId, courseId: evaluation.courseId }));
    const reconciled = await this.bringHome(keys);
    return this.transactions.run(async () => {
      // Write the position before the recount: the recount locks rollups, and beats for them wait until the commit.
      const leaseSeconds = this.environment.COURSE_EVALUATION_LEASE_SECONDS;
      const next = await this.proxy.advance(evaluation, learners.after, leaseSeconds);
      if (!next) return LOST;
      const summary = await this.recounts.recount(keys);
      return {
        next,
        last: learners.last,
        recounted: keys.length,
        completed: reconciled.completed + summary.completedCourses.length,
        outboxFilled: reconciled.outboxFilled || summary.outboxFilled,
      };
    });
  }

  /**
   * Brings the learners' misplaced records home, before the recount and in other transactions: those lock some rollups
   * and the recount locks others, so that beats could deadlock with both.
   */
  private async bringHome(
    keys: readonly CourseKey[],
  ): Promise<Pick<Evaluated, 'completed' | 'outboxFilled'>> {
    const done = { completed: 0, outboxFilled: false };
    const misplaced = await this.reconciling.misplaced(keys);
    for (let start = 0; start < misplaced.length; start += RECORDS_AT_ONCE) {
      const portion = misplaced.slice(start, start + RECORDS_AT_ONCE);
      const summary = await this.reconciling.reconcile(portion);
      done.completed += summary.completedCourses.length;
      done.outboxFilled ||= summary.outboxFilled;
    }
    return done;
  }
}
