import { Inject, Injectable, Logger } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { StructureChange } from './course-catalog.js';
import { CourseClient } from './course-client.js';
import { CourseMemory, type KnownCourse } from './course-memory.js';
import type { CourseReply } from './course-reply.js';
import { CourseProxy } from './proxy/course.proxy.js';
import { SharedWork } from './shared-work.js';

/** Milliseconds after a failed refresh before the next one in the background may start. */
const BACKGROUND_RETRY_MS = 2_000;

/**
 * Reads a course from memory, else from the database, else from the course service. An old one is served at once and
 * refreshed in the background. Methods that ask the course service throw PeerUnavailableError when it cannot answer.
 */
@Injectable()
export class CourseSource {
  private readonly logger = new Logger(CourseSource.name);
  private readonly changes = new Subject<StructureChange>();
  private readonly asking = new SharedWork<KnownCourse | null>();
  private readonly loading = new SharedWork<KnownCourse | null>();

  constructor(
    private readonly client: CourseClient,
    private readonly proxy: CourseProxy,
    private readonly memory: CourseMemory,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Emits after this process stored another structure of a course. */
  get structureChanges(): Observable<StructureChange> {
    return this.changes.asObservable();
  }

  /**
   * The course as last known; asks for it when it is unknown, or was never told. Null when there is no such course.
   * A course that was never told is returned as it is where the course service cannot answer.
   */
  async find(courseId: string): Promise<KnownCourse | null> {
    const known = await this.findStored(courseId);
    if (known) return wasTold(known) ? this.refreshBehind(known) : this.firstAnswer(known);
    return this.isAbsent(courseId) ? null : this.ask(courseId);
  }

  /** The course as last known, however old. Sends no request. */
  async findStored(courseId: string): Promise<KnownCourse | null> {
    return this.memory.get(courseId) ?? this.load(courseId);
  }

  /** Whether the course service said a moment ago that there is no such course. */
  isAbsent(courseId: string): boolean {
    return this.memory.isAbsent(courseId);
  }

  /**
   * Asks the course service now, and stores its answer, unless the answer to a later request is stored already. Null when
   * it says that there is no such course.
   * @param isConfirmed whether lessons that it does not tell are to be removed at once
   */
  ask(courseId: string, isConfirmed = false): Promise<KnownCourse | null> {
    return this.asking.run(`${courseId} ${isConfirmed}`, async () => {
      const askedAt = await this.proxy.now();
      const reply = await this.look(courseId);
      if (!reply) {
        this.memory.markAbsent(courseId);
        return null;
      }
      const changed = await this.proxy.save(reply, askedAt, isConfirmed);
      const stored = await this.proxy.find(courseId);
      if (!stored) return null;
      const before = this.memory.get(courseId);
      const known = this.memory.put(stored);
      if (changed) this.announce(known);
      this.tellOfShrink(before, known);
      return known;
    });
  }

  /** The course service's present answer; it is not stored. Null as in `ask`. */
  look(courseId: string): Promise<CourseReply | null> {
    return this.client.findCourse(courseId, (id) => this.isKnown(id));
  }

  private async isKnown(courseId: string): Promise<boolean> {
    return (await this.findStored(courseId)) !== null;
  }

  /** Records were adopted before the course service was asked: lessons and instructor are not known yet. */
  private async firstAnswer(known: KnownCourse): Promise<KnownCourse> {
    if (known.gone || known.refreshNotBefore > performance.now()) return known;
    try {
      return (await this.ask(known.course.courseId)) ?? known;
    } catch (error) {
      if (!(error instanceof PeerUnavailableError)) throw error;
      known.refreshNotBefore = performance.now() + BACKGROUND_RETRY_MS;
      return known;
    }
  }

  private load(courseId: string): Promise<KnownCourse | null> {
    return this.loading.run(courseId, async () => {
      const stored = await this.proxy.find(courseId);
      return stored && this.memory.put(stored);
    });
  }

  private announce({ course }: KnownCourse): void {
    const { courseId, structureVersion, lessonsTotal } = course;
    this.logger.log({ msg: 'course structure changed', courseId, structureVersion, lessonsTotal });
    this.changes.next({ courseId, structureVersion });
  }

  private tellOfShrink(before: KnownCourse | undefined, { course }: KnownCourse): void {
    const { courseId, lessonsWaiting: lessons, nextLookAt } = course;
    const waited = before?.course.nextLookAt ?? null;
    if (nextLookAt && !waited) {
      this.logger.log({ msg: 'course waits for a second look', courseId, lessons, nextLookAt });
    } else if (waited && !nextLookAt) {
      this.logger.log({ msg: 'course was looked at again', courseId });
    }
  }

  private refreshBehind(known: KnownCourse): KnownCourse {
    const oldMs = this.environment.COURSE_REFRESH_SECONDS * 1_000;
    if (ageMs(known) < oldMs || known.refreshNotBefore > performance.now()) return known;
    known.refreshNotBefore = performance.now() + BACKGROUND_RETRY_MS;
    const { courseId } = known.course;
    this.renew(courseId, oldMs).catch((error: unknown) => {
      const level = error instanceof PeerUnavailableError ? 'debug' : 'error';
      this.logger[level]({ msg: 'course was not refreshed', courseId, err: error });
    });
    return known;
  }

  /** Reads the database first: another process may have asked already, and stored the answer. */
  private async renew(courseId: string, oldMs: number): Promise<void> {
    const stored = await this.load(courseId);
    if (!stored || ageMs(stored) >= oldMs) await this.ask(courseId);
  }
}

/** Milliseconds since the course service was asked for this course, by a clock that nobody sets. */
export const ageMs = (known: KnownCourse): number => performance.now() - known.askedAt;

/** Whether the course service was ever asked successfully; a course that only records name has time 0. */
const wasTold = (known: KnownCourse): boolean => known.course.fetchedAt.getTime() > 0;
