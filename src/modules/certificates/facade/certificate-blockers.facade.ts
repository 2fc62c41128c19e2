import { Injectable } from '@nestjs/common';
import { NotFoundError, ServiceUnavailableError } from '../../../common/errors/service-error.js';
import type { StoredCourse } from '../../course-catalog/course-catalog.js';
import { CourseCatalogService } from '../../course-catalog/course-catalog.service.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { CompletionGaps, type MissingLesson } from '../completion-gaps.js';

const BLOCKERS_MAXIMUM = 100;

export type NotEarnedReason =
  | 'LESSONS_MISSING'
  | 'LESSONS_NOT_LISTED'
  | 'COURSE_HAS_NO_LESSONS'
  | 'STRUCTURE_UNKNOWN'
  | 'BEING_EVALUATED';

export interface Explanation {
  reason: NotEarnedReason;
  /** How many lessons are missing. */
  missingLessons: number;
  /** The first 100 missing lessons; null when the course does not list its lessons. */
  blockers: MissingLesson[];
}

/** Why a learner has no certificate for a course. */
@Injectable()
export class CertificateBlockers {
  constructor(
    private readonly catalog: CourseCatalogService,
    private readonly gaps: CompletionGaps,
  ) {}

  /** @throws NotFoundError `courseNotFound` */
  async explain(key: CourseKey): Promise<Explanation> {
    const course = await this.knownCourse(key.courseId);
    if (!course) return nothingMissing('STRUCTURE_UNKNOWN');
    return course.lessonsListed ? this.explainListed(key) : this.explainUnlisted(key, course);
  }

  private async explainListed(key: CourseKey): Promise<Explanation> {
    const { lessons, missing, listed } = await this.gaps.missingLessons(key, BLOCKERS_MAXIMUM);
    if (listed === 0) return nothingMissing('COURSE_HAS_NO_LESSONS');
    if (missing === 0) return nothingMissing('BEING_EVALUATED');
    return { reason: 'LESSONS_MISSING', missingLessons: missing, blockers: lessons };
  }

  /** The course does not list its lessons, so only the number of the missing ones is known. */
  private async explainUnlisted(
    key: CourseKey,
    { lessonsTotal }: StoredCourse,
  ): Promise<Explanation> {
    if (lessonsTotal === 0) return nothingMissing('STRUCTURE_UNKNOWN');
    const missing = lessonsTotal - (await this.gaps.completedLessons(key));
    if (missing <= 0) return nothingMissing('BEING_EVALUATED');
    return { reason: 'LESSONS_NOT_LISTED', missingLessons: missing, blockers: [] };
  }

  private async knownCourse(courseId: string): Promise<StoredCourse | null> {
    try {
      const course = await this.catalog.findCourse(courseId);
      if (course) return course;
    } catch (error) {
      if (error instanceof ServiceUnavailableError) return null;
      throw error;
    }
    throw new NotFoundError('courseNotFound', {
      args: { id: courseId },
      details: { resource: 'course' },
    });
  }
}

const nothingMissing = (reason: NotEarnedReason): Explanation => ({
  reason,
  missingLessons: 0,
  blockers: [],
});
