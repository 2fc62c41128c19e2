import { Inject, Injectable, Logger } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { NotFoundError, ServiceUnavailableError } from '../../common/errors/service-error.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { CourseClient } from './course-client.js';
import type { StoredCourse, StoredLesson } from './course-catalog.js';
import { CourseMemory, type KnownCourse } from './course-memory.js';
import type { CourseReply } from './course-reply.js';
import { CourseProxy } from './proxy/course.proxy.js';
import { UnlistedLessons } from './unlisted-lessons.js';

/** How long after a failed refresh the next one in the background may start. */
const BACKGROUND_RETRY_MS = 2_000;

export interface StructureChange {
  courseId: string;
  structureVersion: number;
}

/**
 * Courses and their lessons: in memory, else in the database, else from the course service. What
 * is old is served and refreshed behind the caller's back, so that the course service's absence
 * is felt only by those who ask for what was never known.
 */
@Injectable()
export class CourseCatalogService {
  private readonly logger = new Logger(CourseCatalogService.name);
  private readonly changes = new Subject<StructureChange>();
  private readonly refreshing = new Map<string, Promise<KnownCourse | null>>();
  private readonly loading = new Map<string, Promise<KnownCourse | null>>();

  constructor(
    private readonly client: CourseClient,
    private readonly proxy: CourseProxy,
    private readonly memory: CourseMemory,
    private readonly unlistedLessons: UnlistedLessons,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Emits after another structure of a course was stored by this process. */
  get structureChanges(): Observable<StructureChange> {
    return this.changes.asObservable();
  }

  /**
   * @throws NotFoundError `courseNotFound`, `lessonNotFound`
   * @throws ServiceUnavailableError `courseServiceUnavailable` when it is not known and cannot be asked.
   */
  async requireLesson(
    courseId: string,
    lessonId: string,
  ): Promise<{ course: StoredCourse; lesson: StoredLesson | null }> {
    const known = await this.known(courseId);
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
   * The last known state of a course, or null when there is no such course.
   * @throws ServiceUnavailableError `courseServiceUnavailable` when it is not known and cannot be asked.
   */
  async findCourse(courseId: string): Promise<StoredCourse | null> {
    return (await this.known(courseId))?.course ?? null;
  }

  /** Whether the user is the course's instructor. @throws as `findCourse` */
  async teaches(instructorId: string, courseId: string): Promise<boolean> {
    return (await this.findCourse(courseId))?.instructorId === instructorId;
  }

  /** Keeps a course that is being read fresh, behind the caller's back. */
  touch(courseId: string): void {
    this.known(courseId).catch((error: unknown) => {
      this.logger.debug({ msg: 'course was not refreshed', courseId, err: error });
    });
  }

  /**
   * Asks the course service now, and stores what it says.
   * @throws NotFoundError `courseNotFound`
   * @throws ServiceUnavailableError `courseServiceUnavailable`
   */
  async refresh(courseId: string): Promise<StoredCourse> {
    const known = await unlessUnavailable(this.ask(courseId));
    if (!known) throw courseNotFound(courseId);
    return known.course;
  }

  /** The course as it is stored, however old; null where it never was. Nobody is asked. */
  async findStored(courseId: string): Promise<StoredCourse | null> {
    return (this.memory.get(courseId) ?? (await this.load(courseId)))?.course ?? null;
  }

  /** What the course service says now; nothing is stored. @throws as `refresh` */
  async look(courseId: string): Promise<CourseReply> {
    const reply = await unlessUnavailable(this.client.findCourse(courseId));
    if (!reply) throw courseNotFound(courseId);
    return reply;
  }

  private async known(courseId: string): Promise<KnownCourse | null> {
    const known = this.memory.get(courseId) ?? (await this.load(courseId));
    if (known) {
      this.refreshBehind(known);
      return known;
    }
    if (this.memory.isAbsent(courseId)) return null;
    return unlessUnavailable(this.ask(courseId));
  }

  private load(courseId: string): Promise<KnownCourse | null> {
    return shared(this.loading, courseId, async () => {
      const stored = await this.proxy.find(courseId);
      return stored && this.memory.put(stored);
    });
  }

  /** Null when the course service says that there is no such course. @throws PeerUnavailableError */
  private ask(courseId: string): Promise<KnownCourse | null> {
    return shared(this.refreshing, courseId, async () => {
      const askedAt = new Date();
      const reply = await this.client.findCourse(courseId);
      if (!reply) {
        this.memory.markAbsent(courseId);
        return null;
      }
      const changed = await this.proxy.save(reply, askedAt);
      const stored = await this.proxy.find(courseId);
      if (!stored) return null;
      const known = this.memory.put(stored);
      if (changed) {
        const { structureVersion, lessonsTotal } = known.course;
        this.logger.log({
          msg: 'course structure changed',
          courseId,
          structureVersion,
          lessonsTotal,
        });
        this.changes.next({ courseId, structureVersion });
      }
      return known;
    });
  }

  /** The course again, in case the lesson is new; as it is, if it was fetched just now. */
  private async withNewLessons(known: KnownCourse): Promise<KnownCourse> {
    const { courseId } = known.course;
    const freshMs = this.environment.ABSENCE_CACHE_SECONDS * 1_000;
    if (ageMs(known) < freshMs) return known;
    const renewed = await unlessUnavailable(this.ask(courseId));
    if (!renewed) throw courseNotFound(courseId);
    return renewed;
  }

  /** A course that was known and is gone takes no new learners; while nobody can say, it is as last known. */
  private async confirmGone(courseId: string): Promise<void> {
    if (this.memory.isAbsent(courseId)) throw courseNotFound(courseId);
    try {
      if (!(await this.ask(courseId))) throw courseNotFound(courseId);
    } catch (error) {
      if (!(error instanceof PeerUnavailableError)) throw error;
    }
  }

  private refreshBehind(known: KnownCourse): void {
    const oldMs = this.environment.COURSE_REFRESH_SECONDS * 1_000;
    if (ageMs(known) < oldMs || known.refreshNotBefore > Date.now()) return;
    known.refreshNotBefore = Date.now() + BACKGROUND_RETRY_MS;
    const { courseId } = known.course;
    this.renew(courseId, oldMs).catch((error: unknown) => {
      const level = error instanceof PeerUnavailableError ? 'debug' : 'error';
      this.logger[level]({ msg: 'course was not refreshed', courseId, err: error });
    });
  }

  /** Another process may have asked already: its answer is in the database. */
  private async renew(courseId: string, oldMs: number): Promise<void> {
    const stored = await this.load(courseId);
    if (!stored || ageMs(stored) >= oldMs) await this.ask(courseId);
  }
}

const ageMs = (known: KnownCourse) => Date.now() - known.course.fetchedAt.getTime();

const courseNotFound = (id: string) =>
  new NotFoundError('courseNotFound', { args: { id }, details: { resource: 'course' } });

const lessonNotFound = (id: string) =>
  new NotFoundError('lessonNotFound', { args: { id }, details: { resource: 'lesson' } });

async function unlessUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof PeerUnavailableError)) throw cause;
    throw new ServiceUnavailableError('courseServiceUnavailable', { cause });
  }
}

/** Concurrent calls under one key share the work. */
function shared<T>(
  running: Map<string, Promise<T>>,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const existing = running.get(key);
  if (existing) return existing;
  const started = work().finally(() => running.delete(key));
  running.set(key, started);
  return started;
}
