import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Transactions } from '../../../common/database/transactions.js';
import type { StoredCourse, StoredLesson } from '../course-catalog.js';
import type { CourseReply } from '../course-reply.js';
import { advanceStructure } from './sql/advance-structure.js';
import { databaseTime } from './sql/database-time.js';
import { replaceLessons } from './sql/replace-lessons.js';
import { selectCourse } from './sql/select-course.js';
import { upsertCourse } from './sql/upsert-course.js';

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
   * replaced by a reply without one.
   * @returns whether the structure has changed; true for a new course.
   */
  save(reply: CourseReply, askedAt: Date): Promise<boolean> {
    return this.transactions.run(() => this.replace(reply, askedAt));
  }

  private async replace(reply: CourseReply, askedAt: Date): Promise<boolean> {
    const listed = reply.lessons !== null;
    const total = reply.lessons?.length ?? reply.totalLectures;
    const [stored] = await this.database.query(upsertCourse, [
      reply.courseId,
      reply.title,
      reply.instructorId,
      reply.isActive,
      askedAt,
      listed,
      total ?? 0,
    ]);
    if (!stored) return false;

    if (reply.lessons === null) {
      if (stored.added) return true;
      if (stored.lessonsListed || total === null || total === stored.lessonsTotal) return false;
    } else {
      const [lessons] = await this.database.query(replaceLessons, [
        reply.courseId,
        JSON.stringify(reply.lessons),
      ]);
      if (stored.added) return true;
      if (stored.lessonsListed && lessons?.changed === 0) return false;
    }
    await this.database.query(advanceStructure, [reply.courseId, listed, total]);
    return true;
  }
}
