import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { ProgressWriteProxy, type WriteSummary } from '../proxy/progress-write.proxy.js';

/** For callers that know that a course changed: recounts learners' rollups. */
@Injectable()
export class RecountFacade {
  constructor(
    private readonly proxy: ProgressWriteProxy,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Recounts the rollups against the courses' present structure, and completes those that are complete by it, with
   * their certificates and events. The learners' records in these courses must be at home (`ReconcileFacade`). Joins the
   * current transaction. A repeat changes nothing.
   */
  async recount(keys: readonly CourseKey[]): Promise<WriteSummary> {
    if (keys.length === 0) return { outboxFilled: false, completedCourses: [] };
    return this.transactions.run(() => this.proxy.recount(keys, 'current'));
  }
}
