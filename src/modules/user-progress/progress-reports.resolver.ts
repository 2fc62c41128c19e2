import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../../common/graphql/id.js';
import { PAGE_SIZE_DEFAULT, PageSizePipe } from '../../common/graphql/page-size.js';
import { RangePipe } from '../../common/graphql/range.pipe.js';
import { CurrentAsker, type Asker } from '../auth/asker.decorator.js';
import {
  CourseProgressResponse,
  UserProgressConnection,
  UserProgressListResponse,
  UserProgressStatsResponse,
} from './dtos/responses.dto.js';
import { UserProgressFilterInput } from './inputs/user-progress-filter.input.js';
import { ProgressReportsService } from './progress-reports.service.js';

const PagePipe = RangePipe(1, 2_147_483_647);

/** Lists of records, and what they add up to. */
@Resolver()
export class ProgressReportsResolver {
  constructor(private readonly service: ProgressReportsService) {}

  @Query(() => UserProgressListResponse, {
    description:
      'Records, page by page, oldest first. A learner sees their own; an instructor names a course they teach.',
  })
  userProgressList(
    @CurrentAsker() asker: Asker,
    @Args('filter', {
      nullable: true,
      type: () => UserProgressFilterInput,
      description: 'Which records.',
    })
    filter: UserProgressFilterInput,
    @Args(
      'page',
      {
        type: () => Int,
        defaultValue: 1,
        description: 'Counted from 1; no more than 10,000 records may be skipped.',
      },
      PagePipe,
    )
    page: number,
    @Args(
      'limit',
      {
        type: () => Int,
        defaultValue: PAGE_SIZE_DEFAULT,
        description: 'Records a page, 1 to 100.',
      },
      PageSizePipe,
    )
    limit: number,
  ): Promise<UserProgressListResponse> {
    return this.service.list(asker, filter, page, limit);
  }

  @Query(() => UserProgressConnection, {
    description: 'The same records, to be walked by cursor, however many there are (Relay).',
  })
  userProgressConnection(
    @CurrentAsker() asker: Asker,
    @Args('filter', {
      nullable: true,
      type: () => UserProgressFilterInput,
      description: 'Which records.',
    })
    filter: UserProgressFilterInput,
    @Args(
      'first',
      {
        type: () => Int,
        defaultValue: PAGE_SIZE_DEFAULT,
        description: 'Records a page, 1 to 100.',
      },
      PageSizePipe,
    )
    first: number,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'A cursor of the same filter and person: go on behind it.',
    })
    after: string | null,
  ): Promise<UserProgressConnection> {
    return this.service.connection(asker, filter ?? null, first, after ?? null);
  }

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
