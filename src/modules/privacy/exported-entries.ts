import { SECONDS_PER_HOUR } from '../user-progress/evidence/learner-clock.js';
import { parseMultirange } from '../user-progress/evidence/ranges.js';
import type {
  ExportedCertificate,
  ExportedCourse,
  ExportedRecord,
} from './dtos/exported-data.dto.js';
import type {
  ExportedClockHour,
  ExportedIdempotencyKey,
  ExportedSession,
} from './dtos/exported-evidence.dto.js';
import type {
  CertificateEntry,
  ClockEntry,
  CourseEntry,
  IdempotencyKeyEntry,
  RecordEntry,
  SessionEntry,
} from './proxy/export.proxy.js';

export const toRecord = ({
  lesson_id: lessonId,
  course_id: courseId,
  created_at: createdAt,
  updated_at: updatedAt,
  deleted_at: deletedAt,
  watched,
  ...same
}: RecordEntry): ExportedRecord => ({
  ...same,
  lessonId,
  courseId,
  createdAt,
  updatedAt,
  deletedAt,
  watched: stretches(watched),
});

export const toCourse = ({ course_id: courseId, ...same }: CourseEntry): ExportedCourse => ({
  courseId,
  ...same,
});

export const toCertificate = ({
  course_id: courseId,
  ...same
}: CertificateEntry): ExportedCertificate => ({
  courseId,
  ...same,
});

export const toSession = ({
  session_id: sessionId,
  counted,
  last_seen_at,
}: SessionEntry): ExportedSession => ({ sessionId, counted: stretches(counted), last_seen_at });

export const toClockHour = ({ hour, credited, slack_used }: ClockEntry): ExportedClockHour => ({
  hour: new Date(hour * SECONDS_PER_HOUR * 1_000),
  credited: Object.entries(credited)
    .flatMap(([rateMilli, ranges]) =>
      ranges.map(([from, to]) => ({ from, to, rate: Number(rateMilli) / 1_000 })),
    )
    .sort((one, other) => one.from - other.from),
  slack_used_seconds: slack_used,
});

export const toIdempotencyKey = ({
  lesson_id: lessonId,
  created_at: createdAt,
  ...same
}: IdempotencyKeyEntry): ExportedIdempotencyKey => ({ ...same, lessonId, createdAt });

const stretches = (multirange: string): { from: number; to: number }[] =>
  parseMultirange(multirange).map(([from, to]) => ({ from, to }));
