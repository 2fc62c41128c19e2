import { Inject, Injectable } from '@nestjs/common';
import { coveragePercentage, requiredSeconds } from '../../user-progress/changes/coverage.js';
import { NotFoundError, ServiceUnavailableError } from '../../../common/errors/service-error.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { StoredCourse } from '../../course-catalog/course-catalog.js';
import { CourseCatalogService } from '../../course-catalog/course-catalog.service.js';
import type { CertificateKey } from '../certificate.js';
import { CertificateProxy, type MissingLesson } from '../proxy/certificate.proxy.js';

const BLOCKERS_MAXIMUM = 100;

export type NotEarnedReason =
  | 'LESSONS_MISSING'
  | 'LESSONS_NOT_LISTED'
  | 'COURSE_HAS_NO_LESSONS'
  | 'STRUCTURE_UNKNOWN'
  | 'BEING_EVALUATED';

export interface Blocker {
  lessonId: string;
  title: string | null;
  completed: boolean;
  coverage_percentage: number | null;
  missing_seconds: number | null;
}

export interface Explanation {
  reason: NotEarnedReason;
  missing_lessons: number;
  blockers: Blocker[];
}

/** Why a learner has no certificate for a course. */
@Injectable()
export class CertificateBlockers {
  private readonly completeAtCoverage: number;

  constructor(
    private readonly catalog: CourseCatalogService,
    private readonly proxy: CertificateProxy,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.completeAtCoverage = environment.COMPLETE_AT_COVERAGE;
  }

  /** @throws NotFoundError `courseNotFound` */
  async explain(key: CertificateKey): Promise<Explanation> {
    const course = await this.knownCourse(key.courseId);
    if (!course) return nothingMissing('STRUCTURE_UNKNOWN');
    return course.lessonsListed ? this.explainListed(key) : this.explainUnlisted(key, course);
  }

  private async explainListed(key: CertificateKey): Promise<Explanation> {
    const { lessons, missing, listed } = await this.proxy.missingLessons(key, BLOCKERS_MAXIMUM);
    if (listed === 0) return nothingMissing('COURSE_HAS_NO_LESSONS');
    if (missing === 0) return nothingMissing('BEING_EVALUATED');
    return {
      reason: 'LESSONS_MISSING',
      missing_lessons: missing,
      blockers: lessons.map((lesson) => this.blocker(lesson)),
    };
  }

  /** Which lessons are missing is not known, only how many. */
  private async explainUnlisted(
    key: CertificateKey,
    { lessonsTotal }: StoredCourse,
  ): Promise<Explanation> {
    if (lessonsTotal === 0) return nothingMissing('STRUCTURE_UNKNOWN');
    const missing = lessonsTotal - (await this.proxy.completedLessons(key));
    if (missing <= 0) return nothingMissing('BEING_EVALUATED');
    return { reason: 'LESSONS_NOT_LISTED', missing_lessons: missing, blockers: [] };
  }

  private blocker(lesson: MissingLesson): Blocker {
    const required =
      this.completeAtCoverage === 0 ? null : requiredSeconds(lesson, this.completeAtCoverage);
    return {
      lessonId: lesson.lessonId,
      title: lesson.title,
      completed: false,
      coverage_percentage: coveragePercentage(lesson),
      missing_seconds: required === null ? null : Math.max(0, required - lesson.uniqueSeconds),
    };
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
  missing_lessons: 0,
  blockers: [],
});
