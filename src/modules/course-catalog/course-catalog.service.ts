import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { NotFoundError } from '../../common/errors/service-error.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { StoredCourse, StoredLesson, StructureChange } from './course-catalog.js';
import { courseNotFound, lessonNotFound, unlessUnavailable } from './course-errors.js';
import type { KnownCourse } from './course-memory.js';
import type { CourseReply } from './course-reply.js';
import { ageMs, CourseSource } from './course-source.js';
import { UnlistedLessons } from './unlisted-lessons.js';

/**
 * Courses and their lessons. While the course service is away, only requests for courses or lessons that were never
 * known are refused.
 */
@Injectable()
export class CourseCatalogService {
  private readonly logger = new Logger(CourseCatalogService.name);

  constructor(
    private readonly source: CourseSource,
    private readonly unlistedLessons: UnlistedLessons,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Emits after this process stored another structure of a course. */
  get structureChanges(): Observable<StructureChange> {
    return this.source.structureChanges;
  }

  /**
   * @throws NotFoundError `courseNotFound`, `lessonNotFound`
   * @throws ServiceUnavailableError `courseServiceUnavailable` when it is not known and the course service cannot be
   *   asked.
   */
  async requireLesson(
    courseId: string,
    lessonId: string,
  ): Promise<{ course: StoredCourse; lesson: StoredLesson | null }> {
    const known = await unlessUnavailable(this.source.find(courseId));
    if (!known) throw courseNotFound(courseId);
    if (known.gone) await this.confirmGone(courseId);
    if (!known.course.lessonsListed) {
      const lesson = await unlessUnavailable(this.unlistedLessons.find(courseId, lessonId));
      if (!lesson) throw lessonNotFound(lessonId);
      return { course: known.course, lesson };
    }
    const listed = known.lessons.has(lessonId) ? known : await this.withNewLessons(known);
    const lesson = listed.lessons.get(lessonId);
    if (!lesson) throw lessonNotFound(lessonId);
    return { course: listed.course, lesson };
  }

  /**
   * Whether the lesson is in the course, or was in it. @throws ServiceUnavailableError as `requireLesson`
   */
  async hasOrHadLesson(courseId: string, lessonId: string): Promise<boolean> {
    if (await this.unlistedLessons.isKnown(courseId, lessonId)) return true;
    try {
      await this.requireLesson(courseId, lessonId);
      return true;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
  }

  /**
   * Whether a course that lists no lessons has lost the lesson, as the course service says now. False when it cannot be
   * asked, and for a course that lists its lessons: its list says it.
   */
  async hasLost(courseId: string, lessonId: string): Promise<boolean> {
    const known = await this.source.findStored(courseId);
    if (!known || known.course.lessonsListed) return false;
    try {
      return (await this.unlistedLessons.find(courseId, lessonId)) === null;
    } catch (error) {
      if (error instanceof PeerUnavailableError) return false;
      throw error;
    }
  }

  /** Fetches a lesson whose length is not known, in the background, if its course lists no lessons. */
  touchLesson(courseId: string, lessonId: string): void {
    this.hasLost(courseId, lessonId).catch((error: unknown) => {
      this.logger.debug({ msg: 'lesson was not fetched', courseId, lessonId, err: error });
    });
  }

  /**
   * The last known state of a course, or null when there is no such course.
   * @throws ServiceUnavailableError `courseServiceUnavailable` when it is not known and the course service cannot be
   *   asked.
   */
  async findCourse(courseId: string): Promise<StoredCourse | null> {
    return (await unlessUnavailable(this.source.find(courseId)))?.course ?? null;
  }

  /** Whether the user is the course's instructor. @throws as `findCourse` */
  async teaches(instructorId: string, courseId: string): Promise<boolean> {
    return (await this.findCourse(courseId))?.instructorId === instructorId;
  }

  /** Refreshes an old course that is being read, in the background. */
  touch(courseId: string): void {
    this.source.find(courseId).catch((error: unknown) => {
      this.logger.debug({ msg: 'course was not refreshed', courseId, err: error });
    });
  }

  /**
   * Asks the course service now, and stores its answer. Lessons that it does not tell any more wait for a second look, as
   * the result says, unless this one is `confirmed`.
   * @throws NotFoundError `courseNotFound`
   * @throws ServiceUnavailableError `courseServiceUnavailable`
   */
  async refresh(courseId: string, { confirmed = false } = {}): Promise<StoredCourse> {
    return (await this.renewed(courseId, confirmed)).course;
  }

  /** The stored course, however old; null when there is none. Sends no request. */
  async findStored(courseId: string): Promise<StoredCourse | null> {
    return (await this.source.findStored(courseId))?.course ?? null;
  }

  /** The course service's present answer; it is not stored. @throws as `refresh` */
  async look(courseId: string): Promise<CourseReply> {
    const reply = await unlessUnavailable(this.source.look(courseId));
    if (!reply) throw courseNotFound(courseId);
    return reply;
  }

  private async renewed(courseId: string, isConfirmed = false): Promise<KnownCourse> {
    const known = await unlessUnavailable(this.source.ask(courseId, isConfirmed));
    if (!known) throw courseNotFound(courseId);
    return known;
  }

  /**
   * A course that no longer exists takes no new learners. When the course service cannot be asked, the last known state
   * counts.
   */
  private async confirmGone(courseId: string): Promise<void> {
    if (this.source.isAbsent(courseId)) throw courseNotFound(courseId);
    try {
      if (!(await this.source.ask(courseId))) throw courseNotFound(courseId);
    } catch (error) {
      if (!(error instanceof PeerUnavailableError)) throw error;
    }
  }

  /** Fetches the course again, since the lesson may be new; not when it was fetched just now. */
  private async withNewLessons(known: KnownCourse): Promise<KnownCourse> {
    const freshMs = this.environment.ABSENCE_CACHE_SECONDS * 1_000;
    return ageMs(known) < freshMs ? known : this.renewed(known.course.courseId);
  }
}
