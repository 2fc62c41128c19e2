import { Inject, Injectable } from '@nestjs/common';
import { allInOrder } from '../../../common/database/all-in-order.js';
import { Database } from '../../../common/database/database.js';
import { Transactions } from '../../../common/database/transactions.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { StoredCourse, StoredLesson } from '../course-catalog.js';
import type { CourseReply } from '../course-reply.js';
import { DEFAULT_TOTAL } from '../shrink.js';
import { CourseShrinkProxy } from './course-shrink.proxy.js';
import { advanceStructure } from './sql/advance-structure.js';
import { databaseTime } from './sql/database-time.js';
import { replaceLessons } from './sql/replace-lessons.js';
import { selectCourse } from './sql/select-course.js';
import { lockCourse, upsertCourse } from './sql/upsert-course.js';

export interface StoredStructure {
  course: StoredCourse;
  lessons: StoredLesson[];
  /** Milliseconds since the course service was asked, by the database's clock; negative: in its future. */
  ageMs: number;
}

/** Stores the last known courses in the database. */
@Injectable()
export class CourseProxy {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly shrinks: CourseShrinkProxy,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async find(courseId: string): Promise<StoredStructure | null> {
    const [row] = await this.database.query(selectCourse, [courseId]);
    if (!row) return null;
    const { lessons, ageMs, ...course } = row;
    return { course, lessons, ageMs };
  }

  /** The time by the database's clock, which orders the replies that different processes get. */
  async now(): Promise<Date> {
    const [row] = await this.database.query(databaseTime, []);
    return row!.now;
  }

  /**
   * Stores the reply to a request of `askedAt` (of `now`), unless a later one is stored already. A known list of lessons is not
   * replaced by a reply without one. What is missing in the reply counts until that is confirmed: by a later reply, or
   * because `isConfirmed` says so.
   * @returns whether the structure has changed; true for a new course.
   */
  save(reply: CourseReply, askedAt: Date, isConfirmed = false): Promise<boolean> {
    const confirmSeconds = isConfirmed ? 0 : this.environment.COURSE_SHRINK_CONFIRM_SECONDS;
    return this.transactions.run(() => this.replace(reply, askedAt, confirmSeconds));
  }

  private async replace(
    reply: CourseReply,
    askedAt: Date,
    confirmSeconds: number,
  ): Promise<boolean> {
    const { courseId, lessons } = reply;
    const [locked, now] = await allInOrder([
      this.database.query(lockCourse, [courseId]),
      this.now(),
    ]);
    const [stored] = await this.database.query(upsertCourse, [
      courseId,
      reply.title,
      reply.instructorId,
      reply.isActive,
      askedAt,
      lessons !== null,
      lessons?.length ?? firstTotal(reply, confirmSeconds),
      now,
      locked.length > 0,
    ]);
    if (!stored) return false;

    const held = await this.shrinks.hold(reply, askedAt, confirmSeconds);
    const changed = lessons === null ? 0 : await this.replaceLessons(courseId, held.lessons);
    if (stored.added) return true;
    const { listed, total } = held;
    const isSame = listed === stored.lessonsListed && total === stored.lessonsTotal;
    if (isSame && changed === 0) return false;
    await this.database.query(advanceStructure, [courseId, listed, total]);
    return true;
  }

  /** @returns how many lessons were added or removed. */
  private async replaceLessons(
    courseId: string,
    lessons: readonly StoredLesson[],
  ): Promise<number> {
    const [row] = await this.database.query(replaceLessons, [courseId, JSON.stringify(lessons)]);
    return row!.changed;
  }
}

/** The total with which a course without a list is stored first: a default of the course service must be confirmed. */
const firstTotal = ({ totalLectures }: CourseReply, confirmSeconds: number): number =>
  totalLectures === DEFAULT_TOTAL && confirmSeconds > 0 ? 0 : (totalLectures ?? 0);
