import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { exportCertificates, exportCourses, exportRecords } from './sql/export-data.js';

/** Behind which entry of each list a page begins. */
export interface ExportPosition {
  recordId: string;
  courseId: string;
  certificateCourseId: string;
}

export interface RecordEntry {
  id: string;
  lesson_id: string;
  course_id: string;
  completed: boolean;
  completed_at: Date | null;
  watch_time_seconds: number;
  position_seconds: number;
  /** Multirange, as text. */
  watched: string;
  rewatched_seconds: number;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
}

export interface CourseEntry {
  course_id: string;
  lessons_started: number;
  lessons_completed: number;
  watch_time_seconds: number;
  completed_at: Date | null;
  last_activity_at: Date;
}

export interface CertificateEntry {
  course_id: string;
  status: string;
  completed_at: Date;
  requested_at: Date | null;
  issued_at: Date | null;
}

export interface ExportPage {
  records: RecordEntry[];
  courses: CourseEntry[];
  certificates: CertificateEntry[];
}

/** Everything that is known of a learner, page by page. */
@Injectable()
export class ExportProxy {
  constructor(private readonly database: Database) {}

  /** Up to `limit` entries of each list. */
  async page(userId: string, after: ExportPosition, limit: number): Promise<ExportPage> {
    const [records, courses, certificates] = await Promise.all([
      this.database.query<RecordEntry>(exportRecords, [userId, after.recordId, limit]),
      this.database.query<CourseEntry>(exportCourses, [userId, after.courseId, limit]),
      this.database.query<CertificateEntry>(exportCertificates, [
        userId,
        after.certificateCourseId,
        limit,
      ]),
    ]);
    return { records, courses, certificates };
  }
}
