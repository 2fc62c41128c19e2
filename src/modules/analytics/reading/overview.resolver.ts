import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../../../common/graphql/id.js';
import { PAGE_SIZE_DEFAULT, PageSizePipe } from '../../../common/graphql/page-size.js';
import { SelectedFields, type Selection } from '../../../common/graphql/selection.js';
import { CurrentAsker, type Asker } from '../../auth/asker.decorator.js';
import { LearningActivityResponse } from './dtos/learning-activity.dto.js';
import { MyCoursesConnection } from './dtos/my-courses.dto.js';
import { PlatformAnalyticsResponse } from './dtos/platform-analytics.dto.js';
import { MyCoursesOrder } from './inputs/my-courses-order.js';
import { PERIOD_BEGIN, PERIOD_END } from './inputs/period-arguments.js';
import { LearningActivityService } from './learning-activity.service.js';
import { MyCoursesService } from './my-courses.service.js';
import { PlatformAnalyticsService } from './platform-analytics.service.js';

/** What people see over all their courses: who teaches them, who learns, and who answers for the platform. */
@Resolver()
export class OverviewResolver {
  constructor(
    private readonly taught: MyCoursesService,
    private readonly platform: PlatformAnalyticsService,
    private readonly activity: LearningActivityService,
  ) {}

  @Query(() => MyCoursesConnection, {
    description: 'The courses that the asker teaches, with their headline figures.',
  })
  myCourses(
    @CurrentAsker() asker: Asker,
    @Args(
      'first',
      {
        type: () => Int,
        nullable: true,
        defaultValue: PAGE_SIZE_DEFAULT,
        description: 'Courses a page, 1 to 100.',
      },
      PageSizePipe,
    )
    first: number,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'A cursor of the same order and person: go on behind it.',
    })
    after: string | null,
    @Args('orderBy', {
      type: () => MyCoursesOrder,
      nullable: true,
      defaultValue: MyCoursesOrder.TITLE_ASC,
      description:
        'In which order. Courses move between pages as figures change, unless they are ordered by title.',
    })
    order: MyCoursesOrder | null,
    @SelectedFields() asked: Selection,
  ): Promise<MyCoursesConnection> {
    return this.taught.list(
      asker,
      { first, after: after ?? null, order: order ?? MyCoursesOrder.TITLE_ASC },
      asked,
    );
  }

  @Query(() => PlatformAnalyticsResponse, {
    description: 'What learners do on the whole platform. For administrators.',
  })
  platformAnalytics(
    @CurrentAsker() asker: Asker,
    @Args('from', PERIOD_BEGIN) from: string | null,
    @Args('to', PERIOD_END) to: string | null,
    @SelectedFields() asked: Selection,
  ): Promise<PlatformAnalyticsResponse> {
    return this.platform.platformAnalytics(asker, { from, to }, asked);
  }

  @Query(() => LearningActivityResponse, {
    description: 'When a learner was active, over all courses: days, time and streaks.',
  })
  learningActivity(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('from', PERIOD_BEGIN) from: string | null,
    @Args('to', PERIOD_END) to: string | null,
  ): Promise<LearningActivityResponse> {
    return this.activity.learningActivity(asker, userId, { from, to });
  }
}
