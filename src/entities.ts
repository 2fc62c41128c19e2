import { CursorKeyEntity } from './common/cursors/entity/cursor-key.entity.js';
import { AnalyticsCourseEntity } from './modules/analytics/entity/analytics-course.entity.js';
import { AnalyticsOpenLessonEntity } from './modules/analytics/entity/analytics-open-lesson.entity.js';
import { AnalyticsQuarterEntity } from './modules/analytics/entity/analytics-quarter.entity.js';
import { AnalyticsWeekEntity } from './modules/analytics/entity/analytics-week.entity.js';
import { AnalyticsJournalEntity } from './modules/analytics/entity/analytics-journal.entity.js';
import { AnalyticsStateEntity } from './modules/analytics/entity/analytics-state.entity.js';
import { AnalyticsLearnerEntity } from './modules/analytics/entity/analytics-learner.entity.js';
import { AnalyticsLessonEntity } from './modules/analytics/entity/analytics-lesson.entity.js';
import { AnalyticsMonthEntity } from './modules/analytics/entity/analytics-month.entity.js';
import { AnalyticsSecondEntity } from './modules/analytics/entity/analytics-second.entity.js';
import { AnalyticsSilenceEntity } from './modules/analytics/entity/analytics-silence.entity.js';
import { AnalyticsDayEntity } from './modules/analytics/entity/analytics-day.entity.js';
import { AnalyticsCohortEntity } from './modules/analytics/entity/analytics-cohort.entity.js';
import { LearnerDayEntity } from './modules/analytics/entity/learner-day.entity.js';
import { CertificateEntity } from './modules/certificates/entity/certificate.entity.js';
import { OutboxEntity } from './modules/outbox/entity/outbox.entity.js';
import { CourseShrinkEntity } from './modules/course-catalog/entity/course-shrink.entity.js';
import { CourseLessonEntity } from './modules/course-catalog/entity/course-lesson.entity.js';
import { UnlistedLessonEntity } from './modules/course-catalog/entity/unlisted-lesson.entity.js';
import { CourseEvaluationEntity } from './modules/course-changes/entity/course-evaluation.entity.js';
import { CourseEntity } from './modules/course-catalog/entity/course.entity.js';
import { CourseProgressEntity } from './modules/user-progress/entity/course-progress.entity.js';
import { ErasedUserEntity } from './modules/privacy/entity/erased-user.entity.js';
import { UnreadEventEntity } from './modules/privacy/entity/unread-event.entity.js';
import { IdempotencyKeyEntity } from './modules/user-progress/entity/idempotency-key.entity.js';
import { AdoptionEntity } from './modules/user-progress/entity/adoption.entity.js';
import { UnreconciledLessonEntity } from './modules/user-progress/entity/unreconciled-lesson.entity.js';
import { UserProgressEntity } from './modules/user-progress/entity/user-progress.entity.js';
import { WatchClockEntity } from './modules/user-progress/entity/watch-clock.entity.js';
import { WatchSessionEntity } from './modules/user-progress/entity/watch-session.entity.js';

/** Every table. `npm run migration:check` compares them with what the migrations make. */
export const ENTITIES = [
  UserProgressEntity,
  CourseProgressEntity,
  WatchSessionEntity,
  WatchClockEntity,
  IdempotencyKeyEntity,
  ErasedUserEntity,
  CourseEntity,
  CourseLessonEntity,
  UnlistedLessonEntity,
  UnreconciledLessonEntity,
  CourseShrinkEntity,
  CourseEvaluationEntity,
  CertificateEntity,
  OutboxEntity,
  AdoptionEntity,
  CursorKeyEntity,
  UnreadEventEntity,
  AnalyticsJournalEntity,
  AnalyticsStateEntity,
  AnalyticsLearnerEntity,
  AnalyticsLessonEntity,
  AnalyticsSecondEntity,
  AnalyticsSilenceEntity,
  AnalyticsDayEntity,
  AnalyticsCohortEntity,
  AnalyticsMonthEntity,
  AnalyticsCourseEntity,
  AnalyticsOpenLessonEntity,
  AnalyticsQuarterEntity,
  AnalyticsWeekEntity,
  LearnerDayEntity,
];
