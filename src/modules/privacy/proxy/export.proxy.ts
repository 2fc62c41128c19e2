import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { EXPORTS } from './sql/export-data.js';

/** Behind which entry of each list a page begins. */
export interface ExportPosition {
  recordId: string;
  courseId: string;
  certificateCourseId: string;
  sessionId: string;
  /** Hours since 1970. */
  hour: number;
  idempotencyKey: string;
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

export interface SessionEntry {
  session_id: string;
  /** Multirange, as text. */
  counted: string;
  last_seen_at: Date;
}

export interface ClockEntry {
  /** Hours since 1970. */
  hour: number;
  /** Ranges of the hour's seconds, by playback rate in thousandths. */
  credited: Record<string, [from: number, to: number][]>;
  slack_used: number;
}

export interface IdempotencyKeyEntry {
  key: string;
  lesson_id: string;
  seconds: number;
  created_at: Date;
}

export interface ExportPage {
  records: RecordEntry[];
  courses: CourseEntry[];
  certificates: CertificateEntry[];
  sessions: SessionEntry[];
  clock: ClockEntry[];
  idempotencyKeys: IdempotencyKeyEntry[];
}

/** Everything that is known of a learner, page by page. */
@Injectable()
export class ExportProxy {
  constructor(private readonly database: Database) {}

  /** Up to `limit` entries of each list; one list after the other, so as to take one connection and no more. */
  async page(userId: string, after: ExportPosition, limit: number): Promise<ExportPage> {
    const list = <Entry extends object>(
      table: keyof typeof EXPORTS,
      position: string | number,
    ): Promise<Entry[]> =>
      this.database.query<Entry & Record<string, unknown>>(EXPORTS[table], [
        userId,
        position,
        limit,
      ]);
    return {
      records: await list<RecordEntry>('user_progress', after.recordId),
      courses: await list<CourseEntry>('course_progress', after.courseId),
      certificates: await list<CertificateEntry>('certificate', after.certificateCourseId),
      sessions: await list<SessionEntry>('watch_session', after.sessionId),
      clock: await list<ClockEntry>('watch_clock', after.hour),
      idempotencyKeys: await list<IdempotencyKeyEntry>('idempotency_key', after.idempotencyKey),
    };
  }
}
