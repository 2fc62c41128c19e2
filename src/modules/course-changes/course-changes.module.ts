import { Module } from '@nestjs/common';
import { BackgroundModule } from '../../common/background/background.module.js';
import { CursorsModule } from '../../common/cursors/cursors.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { CourseCatalogModule } from '../course-catalog/course-catalog.module.js';
import { PersonalData } from '../privacy/personal-data.js';
import { PersonalDataModule } from '../privacy/personal-data.module.js';
import { UserProgressModule } from '../user-progress/user-progress.module.js';
import { CourseChangesResolver } from './course-changes.resolver.js';
import { CourseChangesService } from './course-changes.service.js';
import { CourseEvaluator } from './course-evaluator.service.js';
import { CourseUpdateListener } from './course-update.listener.js';
import { CoursePreviewFacade } from './facade/course-preview.facade.js';
import { EvaluateLearnersFacade } from './facade/evaluate-learners.facade.js';
import { ReconcileRecordsFacade } from './facade/reconcile-records.facade.js';
import { WALK_POSITIONS } from './personal-data.js';
import { CourseEvaluationProxy } from './proxy/course-evaluation.proxy.js';
import { CoursePreviewProxy } from './proxy/course-preview.proxy.js';
import { OverdueCourses } from './overdue-courses.service.js';
import { SecondLooks } from './second-looks.service.js';
import { ShrunkCoursesService } from './shrunk-courses.service.js';

/** Changes of courses: previews what they mean for learners, and carries that out. */
@Module({
  imports: [
    BackgroundModule,
    AuthModule,
    CursorsModule,
    CourseCatalogModule,
    OutboxModule,
    PersonalDataModule,
    UserProgressModule,
  ],
  providers: [
    CourseChangesResolver,
    CourseChangesService,
    CourseEvaluator,
    CourseUpdateListener,
    CoursePreviewFacade,
    EvaluateLearnersFacade,
    ReconcileRecordsFacade,
    CourseEvaluationProxy,
    CoursePreviewProxy,
    OverdueCourses,
    SecondLooks,
    ShrunkCoursesService,
  ],
})
export class CourseChangesModule {
  constructor(personal: PersonalData) {
    personal.add(...WALK_POSITIONS);
  }
}
