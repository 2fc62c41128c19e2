import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../../../common/graphql/id.js';
import { PAGE_SIZE_DEFAULT, PageSizePipe } from '../../../common/graphql/page-size.js';
import { RangePipe } from '../../../common/graphql/range.pipe.js';
import { SelectedFields, type Selection } from '../../../common/graphql/selection.js';
import { CurrentAsker, type Asker } from '../../auth/asker.decorator.js';
import { CourseAnalyticsService } from './course-analytics.service.js';
import { lessonAnalyticsCost, LESSON_SECONDS_MAXIMUM } from './dtos/costs.js';
import { CourseAnalyticsResponse } from './dtos/course-analytics.dto.js';
import { LearnerAtRiskConnection } from './dtos/learners-at-risk.dto.js';
import { LessonAnalyticsResponse } from './dtos/lesson-analytics.dto.js';
import { PERIOD_BEGIN, PERIOD_END } from './inputs/period-arguments.js';
import { LearnersAtRiskService } from './learners-at-risk.service.js';
import { LessonAnalyticsService } from './lesson-analytics.service.js';

const POINTS_DEFAULT = 300;
const PointsPipe = RangePipe(1, 1_000, POINTS_DEFAULT);
const FirstSecondsPipe = RangePipe(1, LESSON_SECONDS_MAXIMUM, LESSON_SECONDS_MAXIMUM);
const SILENT_DAYS_DEFAULT = 14;
const SilentDaysPipe = RangePipe(1, 90, SILENT_DAYS_DEFAULT);

/** What who teaches a course sees of it. */
@Resolver()
export class CourseAnalyticsResolver {
  constructor(
    private readonly courses: CourseAnalyticsService,
    private readonly lessons: LessonAnalyticsService,
    private readonly learners: LearnersAtRiskService,
  ) {}

  @Query(() => CourseAnalyticsResponse, {
    description:
      'What learners do in a course. For its instructor, administrators and services. SERVICE_UNAVAILABLE with `state` NOT_BUILT while the figures are still to be built.',
  })
  courseAnalytics(
    @CurrentAsker() asker: Asker,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
    @Args('from', PERIOD_BEGIN) from: string | null,
    @Args('to', PERIOD_END) to: string | null,
    @SelectedFields() asked: Selection,
  ): Promise<CourseAnalyticsResponse> {
    return this.courses.courseAnalytics(asker, courseId, { from, to }, asked);
  }

  @Query(() => LessonAnalyticsResponse, {
    complexity: lessonAnalyticsCost,
    description:
      'How a lesson is watched, second by second. For the instructor of its course, administrators and services.',
  })
  lessonAnalytics(
    @CurrentAsker() asker: Asker,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
    @Args('lessonId', { type: () => String, description: 'The lesson.' }, IdPipe) lessonId: string,
    @Args(
      'points',
      {
        type: () => Int,
        nullable: true,
        defaultValue: POINTS_DEFAULT,
        description: 'Points of the curve at most, 1 to 1,000.',
      },
      PointsPipe,
    )
    points: number,
    @Args(
      'firstSeconds',
      {
        type: () => Int,
        nullable: true,
        description:
          'The curve, hotspots and leave points of these first seconds only, as if the lesson ended there; 1 to 86,400. The whole lesson if it is left out. It decides what the query costs: pass the length of the lesson where you know it.',
      },
      FirstSecondsPipe,
    )
    firstSeconds: number,
  ): Promise<LessonAnalyticsResponse> {
    return this.lessons.lessonAnalytics(asker, { courseId, lessonId }, { points, firstSeconds });
  }

  @Query(() => LearnerAtRiskConnection, {
    description:
      'Learners who have not completed a course and were last active in it some days ago, but not more than 90. For its instructor, administrators and services.',
  })
  courseLearnersAtRisk(
    @CurrentAsker() asker: Asker,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
    @Args(
      'silentDays',
      {
        type: () => Int,
        nullable: true,
        defaultValue: SILENT_DAYS_DEFAULT,
        description: 'So many days ago at least, 1 to 90.',
      },
      SilentDaysPipe,
    )
    silentDays: number,
    @Args(
      'first',
      {
        type: () => Int,
        nullable: true,
        defaultValue: PAGE_SIZE_DEFAULT,
        description: 'Learners a page, 1 to 100.',
      },
      PageSizePipe,
    )
    first: number,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'A cursor of the same list and person: go on behind it.',
    })
    after: string | null,
  ): Promise<LearnerAtRiskConnection> {
    return this.learners.list(asker, { courseId, silentDays }, first, after ?? null);
  }
}
