import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import type { StoredCertificate } from '../certificate.js';
import type { CertificateState } from '../entity/certificate.entity.js';
import { confirmIssued } from './sql/confirm-issued.js';
import { parkRequested } from './sql/park-requested.js';
import { replayParked } from './sql/replay-parked.js';
import {
  listCertificates,
  selectCertificate,
  type CertificateFilterName,
} from './sql/select-certificates.js';

/** A filter: a certificate must match everything that is given. */
export interface CertificateFilter {
  userId?: string | undefined;
  courseId?: string | undefined;
  status?: CertificateState | undefined;
}

const BEFORE_ALL: CourseKey = { userId: '', courseId: '' };

/** Certificates as they are stored. */
@Injectable()
export class CertificateProxy {
  constructor(private readonly database: Database) {}

  async find({ userId, courseId }: CourseKey): Promise<StoredCertificate | null> {
    const rows = await this.database.query(selectCertificate, [userId, courseId]);
    return rows[0] ?? null;
  }

  /** Up to `limit` certificates after the key, by learner and course. */
  list(
    filter: CertificateFilter,
    limit: number,
    after: CourseKey | null,
  ): Promise<StoredCertificate[]> {
    const { userId, courseId } = after ?? BEFORE_ALL;
    const names = (['userId', 'courseId'] satisfies CertificateFilterName[]).filter(
      (name) => filter[name] !== undefined,
    );
    const statement = listCertificates(names, filter.status);
    const values = names.map((name) => filter[name]);
    return this.database.query(statement, [limit, userId, courseId, ...values]);
  }

  /** Requests the parked certificate again. @returns the certificate; null when no parked one exists. */
  async replay({ userId, courseId }: CourseKey): Promise<StoredCertificate | null> {
    const rows = await this.database.query(replayParked, [userId, courseId]);
    return rows[0] ?? null;
  }

  /** Stops requesting it. @returns the certificate; null when there is no request. */
  async park({ userId, courseId }: CourseKey): Promise<StoredCertificate | null> {
    const rows = await this.database.query(parkRequested, [userId, courseId]);
    return rows[0] ?? null;
  }

  /** Marks it as issued, confirmed by an administrator. @returns the certificate; null when no unissued one exists. */
  async confirm(
    { userId, courseId }: CourseKey,
    administratorId: string,
  ): Promise<StoredCertificate | null> {
    const rows = await this.database.query(confirmIssued, [userId, courseId, administratorId]);
    return rows[0] ?? null;
  }
}
