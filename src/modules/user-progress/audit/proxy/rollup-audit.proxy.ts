import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/database/database.js';
import { Placement } from '../../../../common/database/placement/placement.js';
import type { CourseKey } from '../../../course-catalog/course-key.js';
import { courseRecordset } from '../../proxy/recordsets.js';
import { ensureRollups } from '../../proxy/sql/ensure-rollups.js';
import { lockRollups } from '../../proxy/sql/recount-courses.js';
import {
  auditRollups,
  estimateRollups,
  portionEnd,
  requestMissingCertificates,
  rebuildRollups,
} from './sql/audit-rollups.js';

/** A rollup that is not the sum of its rows, and its differences. */
export interface RollupDifference extends CourseKey {
  differences: string[];
}

/** What to check: everything, or one user, or one course. */
export interface AuditScope {
  userId?: string | undefined;
  courseId?: string | undefined;
}

/** Users after the first (excluded) up to the second (included), or to the end. */
export interface Portion {
  after: string;
  upTo: string | null;
}

@Injectable()
export class RollupAuditProxy {
  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
  ) {}

  async estimate(): Promise<number> {
    const [row] = await this.database.query(estimateRollups, []);
    return row!.estimate;
  }

  /** Where a portion of about `size` rollups ends. */
  async portion(after: string, size: number): Promise<Portion> {
    const [row] = await this.database.query(portionEnd, [after, size]);
    return { after, upTo: row?.userId ?? null };
  }

  differences(
    { after, upTo }: Portion,
    scope: AuditScope,
    certificatesToo: boolean,
  ): Promise<RollupDifference[]> {
    const [course, user] = [scope.courseId ?? null, scope.userId ?? null];
    return this.database.query(auditRollups, [after, upTo, course, certificatesToo, user]);
  }

  /** Sums rollups again under their locks. Needs a transaction. `recount` completes the courses. */
  async rebuild(keys: readonly CourseKey[]): Promise<void> {
    await this.placement.inEach(keys, async (part) => {
      const [recordset, userIds] = [courseRecordset(part), this.placement.name(part)];
      await this.database.query(ensureRollups, [recordset]);
      await this.database.query(lockRollups, [recordset, userIds]);
      return this.database.query(rebuildRollups, [recordset, userIds]);
    });
  }

  async requestMissingCertificates(keys: readonly CourseKey[]): Promise<void> {
    await this.placement.inEach(keys, (part) =>
      this.database.query(requestMissingCertificates, [
        courseRecordset(part),
        this.placement.name(part),
      ]),
    );
  }
}
