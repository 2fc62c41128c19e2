import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { RecountFacade } from '../../user-progress/write/recount.facade.js';
import { SettleFacade } from '../../user-progress/write/settle.facade.js';
import type { Evaluation } from '../evaluation.js';
import { longestTransactionSeconds } from '../longest-transaction.js';
import { CourseEvaluationProxy } from '../proxy/course-evaluation.proxy.js';
import { LOST, type Evaluated } from './evaluated.js';

/** The transaction around some learners of a changed course: their evaluation and its position are stored together. */
@Injectable()
export class EvaluateLearnersFacade {
  private readonly settleSeconds: number;

  constructor(
    private readonly proxy: CourseEvaluationProxy,
    private readonly recounts: RecountFacade,
    private readonly settling: SettleFacade,
    private readonly transactions: Transactions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.settleSeconds = longestTransactionSeconds(environment);
  }

  /** Evaluates up to `limit` learners. */
  async evaluate(evaluation: Evaluation, limit: number): Promise<Evaluated> {
    const learners = await this.proxy.nextLearners(evaluation, limit, this.settleSeconds);
    const keys = learners.stale.map((userId) => ({ userId, courseId: evaluation.courseId }));
    // In a transaction of its own: it locks some rollups, and the recount others, so beats could deadlock with both.
    const settled = await this.settling.settle(await this.settling.misplaced(keys));
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
        completed: settled.completedCourses.length + summary.completedCourses.length,
        outboxFilled: settled.outboxFilled || summary.outboxFilled,
      };
    });
  }
}
