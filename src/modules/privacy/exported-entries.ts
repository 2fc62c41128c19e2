import { parseMultirange } from '../user-progress/evidence/ranges.js';
import type {
  ExportedCertificate,
  ExportedCourse,
  ExportedRecord,
} from './dtos/exported-data.dto.js';
import type { CertificateEntry, CourseEntry, RecordEntry } from './proxy/export.proxy.js';

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
  watched: parseMultirange(watched).map(([from, to]) => ({ from, to })),
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
