import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { CertificateKey, StoredCertificate } from '../certificate.js';
import type { CertificateState } from '../entity/certificate.entity.js';
import { completedLessons, missingLessons } from './sql/missing-lessons.js';
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

/** A lesson of the course that the learner has not completed. */
export interface MissingLesson {
  lessonId: string;
  title: string | null;
  durationSeconds: number | null;
  uniqueSeconds: number;
}

export interface MissingLessons {
  /** The first of them, in the order of the course. */
  lessons: MissingLesson[];
  missing: number;
  /** How many lessons the course has. */
  listed: number;
}

type Row<T> = T & Record<string, unknown>;

const BEFORE_ALL: CertificateKey = { userId: '', courseId: '' };

/** Certificates as they are stored, and what is missing for those that are not. */
@Injectable()
export class CertificateProxy {
  constructor(private readonly database: Database) {}

  async find({ userId, courseId }: CertificateKey): Promise<StoredCertificate | null> {
    const rows = await this.database.query<Row<StoredCertificate>>(selectCertificate, [
      userId,
      courseId,
    ]);
    return rows[0] ?? null;
  }

  /** Up to `limit` certificates behind the key, by learner and course. */
  list(
    filter: CertificateFilter,
    limit: number,
    after: CertificateKey | null,
  ): Promise<StoredCertificate[]> {
    const { userId, courseId } = after ?? BEFORE_ALL;
    const names = (['userId', 'courseId'] satisfies CertificateFilterName[]).filter(
      (name) => filter[name] !== undefined,
    );
    return this.database.query<Row<StoredCertificate>>(listCertificates(names, filter.status), [
      limit,
      userId,
      courseId,
      ...names.map((name) => filter[name]),
    ]);
  }

  /** @returns the certificate, requested again; null where there is none that is parked. */
  async replay({ userId, courseId }: CertificateKey): Promise<StoredCertificate | null> {
    const rows = await this.database.query<Row<StoredCertificate>>(replayParked, [
      userId,
      courseId,
    ]);
    return rows[0] ?? null;
  }

  async missingLessons(key: CertificateKey, limit: number): Promise<MissingLessons> {
    const [row] = await this.database.query<Row<MissingLessons>>(missingLessons, [
      key.userId,
      key.courseId,
      limit,
    ]);
    return row!;
  }

  /** How many lessons of the course the learner completed, whether the course lists them or not. */
  async completedLessons({ userId, courseId }: CertificateKey): Promise<number> {
    const [row] = await this.database.query<{ completed: number }>(completedLessons, [
      userId,
      courseId,
    ]);
    return row!.completed;
  }
}
