import { Injectable } from '@nestjs/common';
import { answer } from '../../common/graphql/answers.js';
import { Messages } from '../../common/i18n/messages.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Asker } from '../auth/asker.decorator.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import type {
  CourseChangePreviewResponse,
  RefreshCourseResponse,
} from './dtos/course-changes.dto.js';
import { CoursePreviewFacade } from './facade/course-preview.facade.js';

/** Changes of courses, for people who may preview or refresh them. Every method asks the access policy first. */
@Injectable()
export class CourseChangesService {
  constructor(
    private readonly catalog: CourseCatalogService,
    private readonly previews: CoursePreviewFacade,
    private readonly policy: AccessPolicy,
    private readonly messages: Messages,
  ) {}

  async refresh(
    asker: Asker,
    courseId: string,
    confirmed: boolean,
  ): Promise<RefreshCourseResponse> {
    await this.policy.authorize(asker.identity, 'refreshCourse', { courseId });
    const course = await this.catalog.refresh(courseId, { confirmed });
    const message = course.nextLookAt ? 'courseRefreshedUnconfirmed' : 'courseRefreshed';
    return answer(this.messages, asker, message, {
      data: {
        courseId: course.courseId,
        title: course.title,
        total_lessons: course.lessonsTotal,
        structure_version: course.structureVersion,
        waiting_lessons: course.lessonsWaiting,
        next_look_at: course.nextLookAt,
        fetched_at: course.fetchedAt,
      },
    });
  }

  async preview(asker: Asker, courseId: string): Promise<CourseChangePreviewResponse> {
    await this.policy.authorize(asker.identity, 'courseChangePreview', { courseId });
    const preview = await this.previews.preview(courseId);
    return answer(this.messages, asker, 'coursePreviewed', {
      data: {
        added_lessons: preview.added,
        removed_lessons: preview.removed,
        learners: preview.learners,
        learners_completing: preview.completing,
        percentages_moving: preview.moving,
        removals_count_for_seconds: preview.removalsCountForSeconds,
      },
    });
  }
}
