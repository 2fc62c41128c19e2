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

/** Which certificates are meant: those for which everything given holds. */
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

  /** Up to `limit` certificates behind the key, by learner and course. */
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

  /** @returns the certificate, requested again; null where there is none that is parked. */
  async replay({ userId, courseId }: CourseKey): Promise<StoredCertificate | null> {
    const rows = await this.database.query(replayParked, [userId, courseId]);
    return rows[0] ?? null;
  }

  /** @returns the certificate, requested no more; null where none is requested. */
  async park({ userId, courseId }: CourseKey): Promise<StoredCertificate | null> {
    const rows = await this.database.query(parkRequested, [userId, courseId]);
    return rows[0] ?? null;
  }

  /** @returns the certificate, issued by an administrator's word; null where there is none that is not issued. */
  async confirm(
    { userId, courseId }: CourseKey,
    administratorId: string,
  ): Promise<StoredCertificate | null> {
    const rows = await this.database.query(confirmIssued, [userId, courseId, administratorId]);
    return rows[0] ?? null;
  }
}
