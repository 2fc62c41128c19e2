import { CertificateEntity } from './certificates/entity/certificate.entity.js';
import { OutboxEntity } from './certificates/entity/outbox.entity.js';
import { CourseLessonEntity } from './course-catalog/entity/course-lesson.entity.js';
import { CourseEntity } from './course-catalog/entity/course.entity.js';
import { CourseProgressEntity } from './user-progress/entity/course-progress.entity.js';
import { ErasedUserEntity } from './user-progress/entity/erased-user.entity.js';
import { IdempotencyKeyEntity } from './user-progress/entity/idempotency-key.entity.js';
import { UserProgressEntity } from './user-progress/entity/user-progress.entity.js';
import { WatchClockEntity } from './user-progress/entity/watch-clock.entity.js';
import { WatchSessionEntity } from './user-progress/entity/watch-session.entity.js';

/** Every table. `npm run migration:check` holds them against what the migrations make. */
export const ENTITIES = [
  UserProgressEntity,
  CourseProgressEntity,
  WatchSessionEntity,
  WatchClockEntity,
  IdempotencyKeyEntity,
  ErasedUserEntity,
  CourseEntity,
  CourseLessonEntity,
  CertificateEntity,
  OutboxEntity,
];
