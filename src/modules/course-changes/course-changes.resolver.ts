import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IdPipe, OptionalIdPipe } from '../../common/graphql/id.js';
import { PAGE_SIZE_DEFAULT, PageSizePipe } from '../../common/graphql/page-size.js';
import { CurrentAsker, type Asker } from '../auth/asker.decorator.js';
import { CourseChangesService } from './course-changes.service.js';
import { CourseChangePreviewResponse, RefreshCourseResponse } from './dtos/course-changes.dto.js';
import { ShrunkCourseConnection } from './dtos/shrunk-courses.dto.js';
import { ShrunkCoursesService } from './shrunk-courses.service.js';

/** The API of course changes, for administrators. */
@Resolver()
export class CourseChangesResolver {
  constructor(
    private readonly service: CourseChangesService,
    private readonly shrunk: ShrunkCoursesService,
  ) {}

  @Mutation(() => RefreshCourseResponse, {
    description:
      'Asks the course service for a course now. If its lessons changed, its learners are evaluated in the background. For administrators.',
  })
  refreshCourse(
    @CurrentAsker() asker: Asker,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
    @Args('confirmRemovals', {
      type: () => Boolean,
      nullable: true,
      defaultValue: false,
      description:
        'Whether lessons that the course service no longer tells are removed at once, without a second look.',
    })
    confirmRemovals: boolean | null,
  ): Promise<RefreshCourseResponse> {
    return this.service.refresh(asker, courseId, confirmRemovals ?? false);
  }

  @Query(() => ShrunkCourseConnection, {
    description:
      'Courses of which their service told less than before, until a second look confirms that, by id. For administrators.',
  })
  shrunkCourses(
    @CurrentAsker() asker: Asker,
    @Args(
      'courseId',
      { type: () => String, nullable: true, description: 'Only this course.' },
      OptionalIdPipe,
    )
    courseId: string | null,
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
      description: 'A cursor of the same course and person: go on behind it.',
    })
    after: string | null,
  ): Promise<ShrunkCourseConnection> {
    return this.shrunk.list(asker, courseId, first, after ?? null);
  }

  @Query(() => CourseChangePreviewResponse, {
    description:
      'Asks the course service for a course now, and tells what storing it would mean for the learners; nothing is stored. For administrators.',
  })
  courseChangePreview(
    @CurrentAsker() asker: Asker,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
  ): Promise<CourseChangePreviewResponse> {
    return this.service.preview(asker, courseId);
  }
}
