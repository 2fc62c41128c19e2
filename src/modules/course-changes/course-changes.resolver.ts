import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../../common/graphql/id.js';
import { CurrentAsker, type Asker } from '../auth/asker.decorator.js';
import { CourseChangesService } from './course-changes.service.js';
import { CourseChangePreviewResponse, RefreshCourseResponse } from './dtos/course-changes.dto.js';

/** The API of course changes, for administrators. */
@Resolver()
export class CourseChangesResolver {
  constructor(private readonly service: CourseChangesService) {}

  @Mutation(() => RefreshCourseResponse, {
    description:
      'Asks the course service for a course now. If its lessons changed, its learners are evaluated in the background. For administrators.',
  })
  refreshCourse(
    @CurrentAsker() asker: Asker,
    @Args('courseId', { type: () => String, description: 'The course.' }, IdPipe) courseId: string,
  ): Promise<RefreshCourseResponse> {
    return this.service.refresh(asker, courseId);
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
