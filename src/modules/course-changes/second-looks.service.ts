import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundJobs } from '../../common/background/background-jobs.service.js';
import type { Progress } from '../../common/background/job.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import { CourseShrinkProxy } from '../course-catalog/proxy/course-shrink.proxy.js';
import { refreshInTurn } from './refresh-in-turn.js';
import { observeShrunkCourses } from './second-looks.metrics.js';

const COURSES_AT_ONCE = 20;
const EVERY_MAXIMUM_MS = 30_000;
const EVERY_MINIMUM_MS = 200;
/** A look that came to nothing is repeated after this many seconds. */
const AGAIN_SECONDS = 30;

/**
 * Asks again for courses of which their service told less than before, when that is due. Without this, a lesson that was
 * removed from a course that nobody reads would count for a day.
 */
@Injectable()
export class SecondLooks implements OnApplicationBootstrap {
  private readonly logger = new Logger(SecondLooks.name);

  constructor(
    background: BackgroundJobs,
    private readonly proxy: CourseShrinkProxy,
    private readonly catalog: CourseCatalogService,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    background.task({
      name: 'second-looks',
      everyMs: intervalMs(environment.COURSE_SHRINK_CONFIRM_SECONDS),
      run: (signal) => this.look(signal),
      failure: { level: 'warn', msg: 'courses were not looked at again' },
    });
  }

  onApplicationBootstrap(): void {
    observeShrunkCourses(
      () => this.proxy.count(),
      (error) => this.logger.warn({ msg: 'waiting courses were not counted', err: error }),
    );
  }

  private async look(signal: AbortSignal): Promise<Progress> {
    const courses = await this.proxy.claim(COURSES_AT_ONCE, AGAIN_SECONDS);
    await refreshInTurn(courses, this.catalog, this.logger, signal);
    return courses.length === COURSES_AT_ONCE ? 'more' : 'done';
  }
}

/** A tenth of the time that a course waits, within limits. */
function intervalMs(confirmSeconds: number): number {
  if (confirmSeconds === 0) return EVERY_MAXIMUM_MS;
  return Math.min(EVERY_MAXIMUM_MS, Math.max(EVERY_MINIMUM_MS, confirmSeconds * 100));
}
