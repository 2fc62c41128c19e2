import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { RecountFacade } from '../../user-progress/write/recount.facade.js';
import type { Evaluation } from '../evaluation.js';
import { CourseEvaluationProxy } from '../proxy/course-evaluation.proxy.js';

export interface EvaluatedLearners {
  /** The evaluation to continue with; null when the lease was lost. */
  next: Evaluation | null;
  /** Whether these were the last learners. */
  last: boolean;
  recounted: number;
  completed: number;
  /** Whether the outbox has new entries. */
  outboxFilled: boolean;
}

const LOST: EvaluatedLearners = {
  next: null,
  last: false,
  recounted: 0,
  completed: 0,
  outboxFilled: false,
};

/** The transaction around some learners of a changed course: their evaluation and its position are stored together. */
@Injectable()
export class EvaluateLearnersFacade {
  constructor(
    private readonly proxy: CourseEvaluationProxy,
    private readonly recounts: RecountFacade,
    private readonly transactions: Transactions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Evaluates up to `limit` learners. */
  evaluate(evaluation: Evaluation, limit: number): Promise<EvaluatedLearners> {
    return this.transactions.run(async () => {
      const { courseId } = evaluation;
      const { stale, after, last } = await this.proxy.nextLearners(evaluation, limit);
      // Write the position before the recount: the recount locks rollups, and beats for them wait until the commit.
      const leaseSeconds = this.environment.COURSE_EVALUATION_LEASE_SECONDS;
      const next = await this.proxy.advance(evaluation, after, leaseSeconds);
      if (!next) return LOST;
      const summary = await this.recounts.recount(stale.map((userId) => ({ userId, courseId })));
      return {
        next,
        last,
        recounted: stale.length,
        completed: summary.completedCourses.length,
        outboxFilled: summary.outboxFilled,
      };
    });
  }
}
