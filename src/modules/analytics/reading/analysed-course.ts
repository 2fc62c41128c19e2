import { Injectable } from '@nestjs/common';
import { AccessPolicy } from '../../auth/access-policy.js';
import type { Operation } from '../../auth/access-table.js';
import type { Asker } from '../../auth/asker.decorator.js';
import { CourseCatalogService } from '../../course-catalog/course-catalog.service.js';
import { courseNotFound } from '../../course-catalog/course-errors.js';

/** Lets whoever may see the figures of a course pass, if there is such a course. */
@Injectable()
export class AnalysedCourse {
  constructor(
    private readonly policy: AccessPolicy,
    private readonly catalog: CourseCatalogService,
  ) {}

  /**
   * @throws ForbiddenError, NotFoundError `courseNotFound`
   * @throws ServiceUnavailableError when the course is not known and the course service cannot be asked.
   */
  async authorize(asker: Asker, operation: Operation, courseId: string): Promise<void> {
    await this.policy.authorize(asker.identity, operation, { courseId });
    if (!(await this.catalog.findCourse(courseId))) throw courseNotFound(courseId);
  }
}
