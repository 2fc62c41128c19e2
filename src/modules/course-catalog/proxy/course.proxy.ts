import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Transactions } from '../../../common/database/transactions.js';
import type { StoredCourse, StoredLesson } from '../course-catalog.js';
import type { CourseReply } from '../course-reply.js';
import { advanceStructure } from './sql/advance-structure.js';
import { replaceLessons } from './sql/replace-lessons.js';
import { selectCourse } from './sql/select-course.js';
import { upsertCourse } from './sql/upsert-course.js';

export interface StoredStructure {
  course: StoredCourse;
  lessons: StoredLesson[];
}

interface CourseRow {
  course_id: string;
  title: string | null;
  instructor_id: string | null;
  structure_version: number;
  lessons_listed: boolean;
  lessons_total: number;
  fetched_at: Date;
  lessons: StoredLesson[];
}

/** The last known courses, in the database. */
@Injectable()
export class CourseProxy {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
  ) {}

  async find(courseId: string): Promise<StoredStructure | null> {
    const [row] = await this.database.query<CourseRow>(selectCourse, [courseId]);
    if (!row) return null;
    const course: StoredCourse = {
      courseId: row.course_id,
      title: row.title,
      instructorId: row.instructor_id,
      structureVersion: row.structure_version,
      lessonsListed: row.lessons_listed,
      lessonsTotal: row.lessons_total,
      fetchedAt: row.fetched_at,
    };
    return { course, lessons: row.lessons };
  }

  /**
   * Stores a reply that was asked for at `askedAt`, unless a later one is stored already. A list of
   * lessons that is known is not given up for a reply without one.
   * @returns whether the structure is another one than before; a new course's is.
   */
  save(reply: CourseReply, askedAt: Date): Promise<boolean> {
    return this.transactions.run(() => this.replace(reply, askedAt));
  }

  private async replace(reply: CourseReply, askedAt: Date): Promise<boolean> {
    const listed = reply.lessons !== null;
    const total = reply.lessons?.length ?? reply.totalLectures;
    const [stored] = await this.database.query<{
      lessons_listed: boolean;
      lessons_total: number;
      added: boolean;
    }>(upsertCourse, [
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
      if (stored.lessons_listed || total === null || total === stored.lessons_total) return false;
    } else {
      const [lessons] = await this.database.query<{ changed: number }>(replaceLessons, [
        reply.courseId,
        JSON.stringify(reply.lessons),
      ]);
      if (stored.added) return true;
      if (stored.lessons_listed && lessons?.changed === 0) return false;
    }
    await this.database.query(advanceStructure, [reply.courseId, listed, total]);
    return true;
  }
}
