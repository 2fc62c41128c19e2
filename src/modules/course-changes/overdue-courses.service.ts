import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { CourseCatalogService } from '../course-catalog/course-catalog.service.js';
import { CourseEvaluationProxy } from './proxy/course-evaluation.proxy.js';

/** Of either kind, in one round. */
const COURSES_AT_ONCE = 100;

/**
 * Asks for courses that nobody reads: others are refreshed when they are read. Learners may have completed the last
 * lesson of one whose structure nobody told yet, or wait for a lesson whose removal nobody heard of, and never come
 * back; their certificate waits for the answer.
 */
@Injectable()
export class OverdueCourses implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OverdueCourses.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly proxy: CourseEvaluationProxy,
    private readonly catalog: CourseCatalogService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const everyMs = this.environment.COURSE_REFRESH_SECONDS * 1_000;
    while (!signal.aborted) {
      await sleep(everyMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(
        () => undefined,
      );
      if (!signal.aborted) await this.ask();
    }
  }

  private async ask(): Promise<void> {
    const { COURSE_REFRESH_SECONDS, COURSE_REVIEW_SECONDS } = this.environment;
    try {
      const courses = [
        ...(await this.proxy.unknownStructures(COURSE_REFRESH_SECONDS, COURSES_AT_ONCE)),
        ...(await this.proxy.unseenCourses(COURSE_REVIEW_SECONDS, COURSES_AT_ONCE)),
      ];
      for (const courseId of new Set(courses)) {
        if (this.stopping.signal.aborted) return;
        await this.refresh(courseId);
      }
    } catch (error) {
      this.logger.warn({ msg: 'overdue courses were not refreshed', err: error });
    }
  }

  /** A course that is gone, or that its service fails at, keeps no other waiting; a service that is away ends the round. */
  private async refresh(courseId: string): Promise<void> {
    try {
      await this.catalog.refresh(courseId);
    } catch (error) {
      if (error instanceof NotFoundError) return;
      if (!isOfOneCourse(error)) throw error;
      this.logger.debug({ msg: 'course was not refreshed', courseId, err: error });
    }
  }
}

function isOfOneCourse(error: unknown): boolean {
  const cause = error instanceof ServiceUnavailableError ? error.cause : undefined;
  return cause instanceof PeerUnavailableError && ['failing', 'malformed'].includes(cause.reason);
}
