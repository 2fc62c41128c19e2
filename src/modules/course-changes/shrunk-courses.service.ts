import { Injectable } from '@nestjs/common';
import { CursorSecret } from '../../common/cursors/cursor-secret.js';
import type { SealedCursor } from '../../common/cursors/sealed-cursor.js';
import { answer } from '../../common/graphql/answers.js';
import { connectionOf } from '../../common/graphql/connection.js';
import { Messages } from '../../common/i18n/messages.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Asker } from '../auth/asker.decorator.js';
import {
  CourseShrinkProxy,
  type ShrunkCourse as Stored,
} from '../course-catalog/proxy/course-shrink.proxy.js';
import type { ShrunkCourse, ShrunkCourseConnection } from './dtos/shrunk-courses.dto.js';

const LESSONS_MAXIMUM = 100;

/** Courses that wait for a second look, for people who may see them. Asks the access policy first. */
@Injectable()
export class ShrunkCoursesService {
  private readonly cursors: SealedCursor;

  constructor(
    private readonly proxy: CourseShrinkProxy,
    private readonly policy: AccessPolicy,
    private readonly messages: Messages,
    secret: CursorSecret,
  ) {
    this.cursors = secret.cursorsOf('shrunk course cursor');
  }

  /** @param courseId the only course to show; null: all */
  async list(
    asker: Asker,
    courseId: string | null,
    first: number,
    after: string | null,
  ): Promise<ShrunkCourseConnection> {
    await this.policy.authorize(asker.identity, 'shrunkCourses', {});
    const madeFor = [asker.identity.userId, courseId];
    const start = after === null ? '' : this.cursors.open(after, madeFor).toString();
    // One more than asked for shows whether there is a next page.
    const courses = await this.proxy.list(courseId, first + 1, start, LESSONS_MAXIMUM);
    return answer(
      this.messages,
      asker,
      'shrunkCoursesListed',
      connectionOf(courses, { first, after }, (course) => ({
        cursor: this.cursors.seal(Buffer.from(course.courseId), madeFor),
        node: toDto(course),
      })),
    );
  }
}

const toDto = (course: Stored): ShrunkCourse => ({
  courseId: course.courseId,
  title: course.title,
  total_lessons: course.lessonsTotal,
  told_lessons: course.lessonsTold,
  missing_lessons: course.missing,
  lessons: course.lessons.map(({ lessonId, title, since }) => ({
    lessonId,
    title,
    missing_since: new Date(since),
  })),
  seen_at: course.seenAt,
  seen_by: course.seenBy,
  next_look_at: course.lookAt,
});
