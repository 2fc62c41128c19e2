import { Inject, Injectable, Logger } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Progress } from '../../common/background/job.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import { CourseEvaluationProxy } from './proxy/course-evaluation.proxy.js';
import { refreshInTurn } from './refresh-in-turn.js';

/** Courses of each kind in one run. */
const COURSES_AT_ONCE = 100;

/**
 * Refreshes courses that nobody reads; others are refreshed when they are read. Without this, a certificate could be
 * missing for ever: a learner may have completed the last lesson of a course whose structure is still unknown, or wait
 * for a lesson whose removal this service has missed. Evaluations that are missing are requested, for the same reason.
 */
@Injectable()
export class OverdueCourses {
  private readonly logger = new Logger(OverdueCourses.name);

  constructor(
    background: BackgroundJobs,
    private readonly proxy: CourseEvaluationProxy,
    private readonly catalog: CourseCatalogService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    background.task({
      name: 'overdue-courses',
      everyMs: environment.COURSE_REFRESH_SECONDS * 1_000,
      run: (signal) => this.ask(signal),
      failure: { level: 'warn', msg: 'overdue courses were not refreshed' },
    });
  }

  private async ask(signal: AbortSignal): Promise<Progress> {
    await this.proxy.requestMissing();
    const { COURSE_REFRESH_SECONDS, COURSE_REVIEW_SECONDS } = this.environment;
    const courses = [
      ...(await this.proxy.unknownStructures(COURSE_REFRESH_SECONDS, COURSES_AT_ONCE)),
      ...(await this.proxy.unseenCourses(COURSE_REVIEW_SECONDS, COURSES_AT_ONCE)),
    ];
    await refreshInTurn(new Set(courses), this.catalog, this.logger, signal);
    return 'done';
  }
}
