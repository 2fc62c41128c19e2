import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { StoredCourse, StoredLesson } from './course-catalog.js';
import type { StoredStructure } from './proxy/course.proxy.js';

const COURSES = 2_000;
/** About 100 MB, with long titles. */
const LESSONS = 200_000;
const ABSENT_COURSES = 10_000;

export interface KnownCourse {
  course: StoredCourse;
  lessons: ReadonlyMap<string, StoredLesson>;
  /** The course service no longer has it. Learners' progress in it stays. */
  gone: boolean;
  /** When the course service was asked, in milliseconds of `performance.now()`; -Infinity when it must be asked anew. */
  askedAt: number;
  /** In milliseconds of `performance.now()`. */
  refreshNotBefore: number;
}

/** The courses that this process remembers, in bounded space. */
@Injectable()
export class CourseMemory {
  private readonly courses = new LRUCache<string, KnownCourse>({
    max: COURSES,
    maxSize: LESSONS,
    sizeCalculation: ({ lessons }) => 1 + lessons.size,
  });
  private readonly absent = new LRUCache<string, true>({ max: ABSENT_COURSES });
  private readonly absenceMs: number;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.absenceMs = environment.ABSENCE_CACHE_SECONDS * 1_000;
  }

  get(courseId: string): KnownCourse | undefined {
    return this.courses.get(courseId);
  }

  put({ course, lessons, ageMs }: StoredStructure): KnownCourse {
    const { courseId } = course;
    const before = this.courses.get(courseId);
    const refetched = before?.course.fetchedAt.getTime() !== course.fetchedAt.getTime();
    if (refetched) this.absent.delete(courseId);
    const known: KnownCourse = {
      course,
      lessons: new Map(lessons.map((lesson) => [lesson.lessonId, lesson])),
      gone: !refetched && before.gone,
      // Nobody knows how old an answer from the future is.
      askedAt: ageMs < 0 ? -Infinity : performance.now() - ageMs,
      refreshNotBefore: before?.refreshNotBefore ?? -Infinity,
    };
    this.courses.set(courseId, known);
    return known;
  }

  /** Remembers for a short time that there is no such course. */
  markAbsent(courseId: string): void {
    // A lifetime of 0 would mean 'for ever' to the cache.
    if (this.absenceMs > 0) this.absent.set(courseId, true, { ttl: this.absenceMs });
    const known = this.courses.get(courseId);
    if (known) known.gone = true;
  }

  isAbsent(courseId: string): boolean {
    return this.absent.has(courseId);
  }
}
