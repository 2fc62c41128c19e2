import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { CourseClient } from './course-client.js';
import type { StoredLesson } from './course-catalog.js';
import { UnlistedLessonProxy } from './proxy/unlisted-lesson.proxy.js';

const LESSONS = 20_000;
/** Milliseconds after a failed look-up of a known lesson before the next one. */
const RETRY_MS = 2_000;

type Place = { courseId: string; lessonId: string };

/**
 * Lessons of courses that do not list them: each is fetched by itself, and remembered. It is stored, too: without its
 * length, records would have no coverage.
 */
@Injectable()
export class UnlistedLessons {
  private readonly cache: LRUCache<string, { lesson: StoredLesson | null }, Place>;

  constructor(
    client: CourseClient,
    private readonly proxy: UnlistedLessonProxy,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.cache = new LRUCache({
      max: LESSONS,
      // Each entry has its own lifetime. 0 would mean 'for ever' to the cache.
      ttl: 1,
      fetchMethod: async (_key, before, { options, context: { courseId, lessonId } }) => {
        const known = before?.lesson ?? null;
        try {
          const lesson = await client.findLesson(courseId, lessonId, known !== null);
          if (lesson) await proxy.save(courseId, lesson);
          const seconds = lesson
            ? environment.COURSE_REFRESH_SECONDS
            : environment.ABSENCE_CACHE_SECONDS;
          options.ttl = Math.max(1, seconds * 1_000);
          return { lesson };
        } catch (error) {
          // What is known stays known while the course service cannot be asked.
          if (known === null || !(error instanceof PeerUnavailableError)) throw error;
          options.ttl = RETRY_MS;
          return { lesson: known };
        }
      },
    });
  }

  /** @throws PeerUnavailableError */
  async find(courseId: string, lessonId: string): Promise<StoredLesson | null> {
    const key = `${courseId} ${lessonId}`;
    return (await this.cache.forceFetch(key, { context: { courseId, lessonId } })).lesson;
  }

  /** Whether the lesson is stored as one of the course that it does not list, maybe no longer. Sends no request. */
  isKnown(courseId: string, lessonId: string): Promise<boolean> {
    return this.proxy.isKnown(courseId, lessonId);
  }
}
