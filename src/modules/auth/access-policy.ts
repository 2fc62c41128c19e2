import { Injectable } from '@nestjs/common';
import { BadUserInputError, ForbiddenError } from '../../common/errors/service-error.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import { ACCESS, type Operation, type Reach } from './access-table.js';
import type { Identity } from '../../common/identity/identity.js';

/** Whose data is asked for. Without `userId`: the data of all learners (in the course, if one is named). */
export interface AccessTarget {
  readonly userId?: string | undefined;
  readonly courseId?: string | undefined;
}

/** Applies `ACCESS`. No other code decides whether someone may do something. */
@Injectable()
export class AccessPolicy {
  constructor(private readonly courses: CourseCatalogService) {}

  /**
   * @throws ForbiddenError when the role or person may not do the operation.
   * @throws BadUserInputError (`courseRequired`) when a teacher did not name a course.
   * @throws ServiceUnavailableError when it cannot be found out who teaches the course.
   */
  async authorize(identity: Identity, operation: Operation, target: AccessTarget): Promise<void> {
    const reach: Reach = ACCESS[operation][identity.role];
    if (coversAlone(reach, identity, target)) return;
    if (reach === 'taught' && target.courseId === undefined) {
      throw new BadUserInputError('courseRequired');
    }
    if (!(await this.covers(reach, identity, target))) throw new ForbiddenError();
  }

  /**
   * Decides the same for a record that was found by its id. When the answer is no, the caller must answer as if the
   * record did not exist.
   * @throws ServiceUnavailableError when it cannot be found out who teaches the course.
   */
  async permits(identity: Identity, operation: Operation, target: AccessTarget): Promise<boolean> {
    return this.covers(ACCESS[operation][identity.role], identity, target);
  }

  private async covers(reach: Reach, identity: Identity, target: AccessTarget): Promise<boolean> {
    if (coversAlone(reach, identity, target)) return true;
    if (reach !== 'taught' || target.courseId === undefined) return false;
    return this.courses.teaches(identity.userId, target.courseId);
  }
}

/** The decision that needs no request to another service. An instructor is a learner too. */
function coversAlone(reach: Reach, identity: Identity, target: AccessTarget): boolean {
  if (reach === 'any') return true;
  return reach !== 'none' && target.userId === identity.userId;
}
