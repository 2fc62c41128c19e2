import { Inject, Injectable } from '@nestjs/common';
import { percentage } from './changes/coverage.js';
import {
  BadUserInputError,
  NotFoundError,
  ServiceUnavailableError,
} from '../../common/errors/service-error.js';
import { Messages } from '../../common/i18n/messages.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Operation } from '../auth/access-table.js';
import type { Asker } from '../auth/asker.decorator.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import type {
  CourseProgressResponse,
  UserProgressConnection,
  UserProgressListResponse,
  UserProgressStatsResponse,
} from './dtos/responses.dto.js';
import { UserProgress } from './dtos/user-progress.dto.js';
import { SECONDS_TOTAL_MAXIMUM, SKIP_MAXIMUM } from './inputs/limits.js';
import type { UserProgressFilterInput } from './inputs/user-progress-filter.input.js';
import { ProgressCursor } from './progress-cursor.js';
import { ProgressLoaders } from './progress-loaders.js';
import {
  UserProgressProxy,
  type CourseProgressTotals,
  type RecordFilter,
} from './proxy/user-progress.proxy.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Lists, course progress and statistics. */
@Injectable()
export class ProgressReportsService {
  private readonly cursors: ProgressCursor;

  constructor(
    private readonly proxy: UserProgressProxy,
    private readonly loaders: ProgressLoaders,
    private readonly policy: AccessPolicy,
    private readonly catalog: CourseCatalogService,
    private readonly messages: Messages,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.cursors = new ProgressCursor(environment.JWT_SECRET || environment.POSTGRES_PASSWORD);
  }

  async list(
    asker: Asker,
    filter: UserProgressFilterInput | null,
    page: number,
    limit: number,
  ): Promise<UserProgressListResponse> {
    const offset = (page - 1) * limit;
    if (offset > SKIP_MAXIMUM) {
      throw new BadUserInputError('pageTooFar', { args: { maximum: SKIP_MAXIMUM } });
    }
    const permitted = await this.permittedFilter(asker, 'userProgressList', filter);
    const [records, totalItems] = await Promise.all([
      this.proxy.page(permitted, limit, offset),
      this.proxy.count(permitted),
    ]);
    return {
      success: true,
      message: this.messages.text('success.progressListed', asker.language),
      items: records.map((record) => new UserProgress(record)),
      pagination: { totalItems, totalPages: Math.ceil(totalItems / limit), currentPage: page },
    };
  }

  async connection(
    asker: Asker,
    filter: UserProgressFilterInput | null,
    first: number,
    after: string | null,
  ): Promise<UserProgressConnection> {
    const permitted = await this.permittedFilter(asker, 'userProgressConnection', filter);
    const { userId } = asker.identity;
    const start = after === null ? BEFORE_ALL : this.cursors.open(after, userId, permitted);
    // One more than asked tells whether there is a next page.
    const records = await this.proxy.after(permitted, first + 1, start);
    const edges = records.slice(0, first).map((record) => ({
      cursor: this.cursors.seal(record.id, userId, permitted),
      node: new UserProgress(record),
    }));
    return {
      success: true,
      message: this.messages.text('success.progressListed', asker.language),
      edges,
      pageInfo: {
        hasNextPage: records.length > first,
        hasPreviousPage: after !== null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }

  async courseProgress(
    asker: Asker,
    key: { userId: string; courseId: string },
  ): Promise<CourseProgressResponse> {
    await this.policy.authorize(asker.identity, 'getCourseProgress', key);
    const totals = await this.totals(asker, key);
    return {
      success: true,
      message: this.messages.text('success.courseProgressFound', asker.language),
      data: {
        courseId: key.courseId,
        total_lessons: totals.lessonsTotal,
        completed_lessons: Math.min(totals.lessonsCompleted, totals.lessonsTotal),
        progress_percentage: percentage(totals.lessonsCompleted, totals.lessonsTotal),
        total_watch_time: Math.min(totals.watchTimeSeconds, SECONDS_TOTAL_MAXIMUM),
        completed_at: totals.completedAt,
      },
    };
  }

  async statistics(asker: Asker, userId: string): Promise<UserProgressStatsResponse> {
    await this.policy.authorize(asker.identity, 'getUserProgressStats', { userId });
    const totals = await this.loaders.of(asker.loaders).learnerTotals.load(userId);
    return {
      success: true,
      message: this.messages.text('success.statsFound', asker.language),
      data: {
        total_courses_enrolled: totals.courses,
        total_lessons_completed: totals.lessonsCompleted,
        total_watch_time_hours: Math.round(totals.watchTimeSeconds / 36) / 100,
        total_watch_time_seconds: totals.watchTimeSeconds,
      },
    };
  }

  /** A course that nobody has touched yet is asked for; one that was is known, or shows no lessons until it is. */
  private async totals(
    asker: Asker,
    key: { userId: string; courseId: string },
  ): Promise<CourseProgressTotals> {
    const { courseProgress } = this.loaders.of(asker.loaders);
    const totals = await courseProgress.load(key);
    if (totals.courseKnown) {
      this.catalog.touch(key.courseId);
      return totals;
    }
    try {
      const course = await this.catalog.findCourse(key.courseId);
      if (course) return await courseProgress.clear(key).load(key);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError) || !totals.started) throw error;
    }
    if (totals.started) return totals;
    throw new NotFoundError('courseNotFound', {
      args: { id: key.courseId },
      details: { resource: 'course' },
    });
  }

  /** What is asked for, narrowed to what the asker may see: without a learner named, a learner's list is their own. */
  private async permittedFilter(
    asker: Asker,
    operation: Operation,
    filter: UserProgressFilterInput | null,
  ): Promise<RecordFilter> {
    const wanted: RecordFilter = {
      userId: filter?.userId ?? undefined,
      courseId: filter?.courseId ?? undefined,
      lessonId: filter?.lessonId ?? undefined,
      completed: filter?.completed ?? undefined,
    };
    if (wanted.userId === undefined && asker.identity.role === 'user') {
      wanted.userId = asker.identity.userId;
    }
    await this.policy.authorize(asker.identity, operation, wanted);
    return wanted;
  }
}
