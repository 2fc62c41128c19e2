import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { ProgressWriteProxy, type WriteSummary } from '../proxy/progress-write.proxy.js';

/** For those who know that a course changed: counts learners' rollups anew. */
@Injectable()
export class RecountFacade {
  constructor(
    private readonly proxy: ProgressWriteProxy,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Counts the rollups against the courses' present structure, and completes those that are complete by it, with all
   * that follows from that. Joins the transaction that is under way. May be repeated: it changes nothing then.
   */
  async recount(keys: readonly CourseKey[]): Promise<WriteSummary> {
    if (keys.length === 0) return { outboxFilled: false, completedCourses: [] };
    return this.transactions.run(() => this.proxy.recount(keys));
  }
}
