import { Module } from '@nestjs/common';
import { CursorsModule } from '../../../common/cursors/cursors.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { CourseCatalogModule } from '../../course-catalog/course-catalog.module.js';
import { AnalysedCourse } from './analysed-course.js';
import { AnalyticsCursors } from './analytics-cursors.js';
import { AnalyticsSnapshot } from './analytics-snapshot.facade.js';
import { CourseAnalyticsResolver } from './course-analytics.resolver.js';
import { CourseAnalyticsService } from './course-analytics.service.js';
import { LearnersAtRiskService } from './learners-at-risk.service.js';
import { LearningActivityService } from './learning-activity.service.js';
import { LessonAnalyticsService } from './lesson-analytics.service.js';
import { MyCoursesService } from './my-courses.service.js';
import { OverviewResolver } from './overview.resolver.js';
import { PlatformAnalyticsService } from './platform-analytics.service.js';
import { AnalyticsClockProxy } from './proxy/analytics-clock.proxy.js';
import { CourseFiguresProxy } from './proxy/course-figures.proxy.js';
import { CourseSummariesProxy } from './proxy/course-summaries.proxy.js';
import { LearnerActivityProxy } from './proxy/learner-activity.proxy.js';

/** The API of learning analytics. It only reads. */
@Module({
  imports: [AuthModule, CourseCatalogModule, CursorsModule],
  providers: [
    CourseAnalyticsResolver,
    OverviewResolver,
    AnalysedCourse,
    AnalyticsCursors,
    AnalyticsSnapshot,
    CourseAnalyticsService,
    LearnersAtRiskService,
    LearningActivityService,
    LessonAnalyticsService,
    MyCoursesService,
    PlatformAnalyticsService,
    AnalyticsClockProxy,
    CourseFiguresProxy,
    CourseSummariesProxy,
    LearnerActivityProxy,
  ],
})
export class AnalyticsReadingModule {}
