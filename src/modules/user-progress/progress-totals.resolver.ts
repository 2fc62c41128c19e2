import { Args, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../../common/graphql/id.js';
import { CurrentAsker, type Asker } from '../auth/asker.decorator.js';
import { CourseProgressResponse } from './dtos/course-progress.dto.js';
import { UserProgressStatsResponse } from './dtos/statistics.dto.js';
import { ProgressTotalsService } from './progress-totals.service.js';

/** Sums over records: a learner's progress in a course, and their statistics. */
@Resolver()
export class ProgressTotalsResolver {
  constructor(private readonly service: ProgressTotalsService) {}

  @Query(() => CourseProgressResponse, { description: 'How far a learner is in a course.' })
  getCourseProgress(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
  ): Promise<CourseProgressResponse> {
    return this.service.courseProgress(asker, { userId, courseId });
  }

  @Query(() => UserProgressStatsResponse, { description: 'A learner’s totals over all courses.' })
  getUserProgressStats(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
  ): Promise<UserProgressStatsResponse> {
    return this.service.statistics(asker, userId);
  }
}
