import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/database/database.js';
import type { CoursePair } from '../../proxy/progress-write.proxy.js';
import { lockRollups } from '../../proxy/sql/recount-courses.js';
import {
  auditRollups,
  ensureRollups,
  estimateRollups,
  portionEnd,
  requestMissingCertificates,
  rebuildRollups,
} from './sql/audit-rollups.js';

/** A rollup that is not the sum of its rows, and in what. */
export interface RollupDifference extends CoursePair {
  differences: string[];
}

/** What to look at: everything, or one user, or one course. */
export interface AuditScope {
  userId?: string | undefined;
  courseId?: string | undefined;
}

/** Users after the first (excluded) up to the second, or to the end. */
export interface Portion {
  after: string;
  upTo: string | null;
}

@Injectable()
export class RollupAuditProxy {
  constructor(private readonly database: Database) {}

  async estimate(): Promise<number> {
    const [row] = await this.database.query<{ estimate: number }>(estimateRollups, []);
    return row!.estimate;
  }

  /** Where a portion of about `size` rollups ends. */
  async portion(after: string, size: number): Promise<Portion> {
    const [row] = await this.database.query<{ user_id: string }>(portionEnd, [after, size]);
    return { after, upTo: row?.user_id ?? null };
  }

  async differences(
    { after, upTo }: Portion,
    scope: AuditScope,
    certificatesToo: boolean,
  ): Promise<RollupDifference[]> {
    const rows = await this.database.query<{
      user_id: string;
      course_id: string;
      difference: string[];
    }>(auditRollups, [after, upTo, scope.courseId ?? null, certificatesToo, scope.userId ?? null]);
    return rows.map((row) => ({
      userId: row.user_id,
      courseId: row.course_id,
      differences: row.difference,
    }));
  }

  /** Sums rollups anew under their locks. Needs a transaction; completing what is complete is `recount`'s. */
  async rebuild(pairs: readonly CoursePair[]): Promise<void> {
    const keys = json(pairs);
    await this.database.query(ensureRollups, [keys]);
    await this.database.query(lockRollups, [keys]);
    await this.database.query(rebuildRollups, [keys]);
  }

  async requestMissingCertificates(pairs: readonly CoursePair[]): Promise<void> {
    await this.database.query(requestMissingCertificates, [json(pairs)]);
  }
}

const json = (pairs: readonly CoursePair[]): string =>
  JSON.stringify(pairs.map(({ userId, courseId }) => ({ user_id: userId, course_id: courseId })));
