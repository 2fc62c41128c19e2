import { Injectable } from '@nestjs/common';
import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import { answer } from '../../common/graphql/answers.js';
import { INT_MAXIMUM } from '../../common/graphql/int.js';
import { Messages } from '../../common/i18n/messages.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Asker } from '../auth/asker.decorator.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import type { CourseKey } from '../course-catalog/course-key.js';
import { percentage } from './changes/coverage.js';
import type { CourseProgressResponse } from './dtos/course-progress.dto.js';
import type { UserProgressStatsResponse } from './dtos/statistics.dto.js';
import { ProgressLoaders } from './progress-loaders.js';
import type { CourseProgressTotals } from './proxy/user-progress.proxy.js';

/** Sums over records: a learner's progress in a course, and their statistics. */
@Injectable()
export class ProgressTotalsService {
  constructor(
    private readonly loaders: ProgressLoaders,
    private readonly policy: AccessPolicy,
    private readonly catalog: CourseCatalogService,
    private readonly messages: Messages,
  ) {}

  async courseProgress(asker: Asker, key: CourseKey): Promise<CourseProgressResponse> {
    await this.policy.authorize(asker.identity, 'getCourseProgress', key);
    const totals = await this.totals(asker, key);
    return answer(this.messages, asker, 'courseProgressFound', {
      data: {
        courseId: key.courseId,
        title: totals.title,
        total_lessons: totals.lessonsTotal,
        completed_lessons: Math.min(totals.lessonsCompleted, totals.lessonsTotal),
        progress_percentage: percentage(totals.lessonsCompleted, totals.lessonsTotal),
        total_watch_time: Math.min(totals.watchTimeSeconds, INT_MAXIMUM),
        completed_at: totals.completedAt,
      },
    });
  }

  async statistics(asker: Asker, userId: string): Promise<UserProgressStatsResponse> {
    await this.policy.authorize(asker.identity, 'getUserProgressStats', { userId });
    const totals = await this.loaders.of(asker.loaders).learnerTotals.load(userId);
    return answer(this.messages, asker, 'statsFound', {
      data: {
        total_courses_enrolled: totals.courses,
        total_lessons_completed: totals.lessonsCompleted,
        total_watch_time_hours: Math.round(totals.watchTimeSeconds / 36) / 100,
        total_watch_time_seconds: totals.watchTimeSeconds,
      },
    });
  }

  /** Unknown courses are fetched. If that fails and the learner has records, the answer says zero lessons. */
  private async totals(asker: Asker, key: CourseKey): Promise<CourseProgressTotals> {
    const { courseProgress } = this.loaders.of(asker.loaders);
    const totals = await courseProgress.load(key);
    if (totals.courseKnown) {
      this.catalog.touch(key.courseId);
      return totals;
    }
    try {
      const course = await this.catalog.findCourse(key.courseId);
      if (course) return await courseProgress.reload(key);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError) || !totals.started) throw error;
    }
    if (totals.started) return totals;
    throw new NotFoundError('courseNotFound', {
      args: { id: key.courseId },
      details: { resource: 'course' },
    });
  }
}
