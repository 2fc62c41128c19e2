import { Injectable } from '@nestjs/common';
import { hostname } from 'node:os';
import { Database } from '../../../common/database/database.js';
import type { RowOf } from '../../../common/database/statement.js';
import type { CourseReply } from '../course-reply.js';
import { confirmableAt, hold, NO_SHRINK, type Shrink, type Structure } from '../shrink.js';
import { deleteShrink, selectShrink, upsertShrink } from './sql/course-shrink.js';
import { claimShrunk, countShrunk, listShrunk, type MissingLesson } from './sql/shrunk-courses.js';

export interface ShrunkCourse {
  courseId: string;
  title: string | null;
  /** The number of lessons that counts; 0 where the first number was not confirmed yet. */
  lessonsTotal: number;
  /** The number that waits to be confirmed; null when only lessons of the list do. */
  lessonsTold: number | null;
  /** When this was first seen, and by the process on which host. */
  seenAt: Date;
  seenBy: string;
  lookAt: Date;
  /** How many lessons are missing, and the first of them. */
  missing: number;
  lessons: MissingLesson[];
}

/** Stores what waits to be removed from courses. */
@Injectable()
export class CourseShrinkProxy {
  constructor(private readonly database: Database) {}

  /**
   * What the reply makes of the course's structure, and stores what waits. The caller must have locked the course.
   * @param known whether the stored course lists its lessons, and the number that counts
   */
  async hold(
    reply: CourseReply,
    askedAt: Date,
    known: { lessonsListed: boolean; lessonsTotal: number },
    confirmSeconds: number,
  ): Promise<Structure> {
    const { courseId, totalLectures } = reply;
    const [stored] = await this.database.query(selectShrink, [courseId]);
    const { structure, waiting } = hold(
      { listed: known.lessonsListed, total: known.lessonsTotal, lessons: stored!.lessons },
      waitingIn(stored!),
      { lessons: reply.lessons, total: totalLectures, at: askedAt.getTime() },
      confirmSeconds * 1_000,
    );
    const lookAt = confirmableAt(waiting, confirmSeconds * 1_000);
    if (lookAt !== null) await this.store(courseId, waiting, askedAt, new Date(lookAt));
    else if (stored!.missing) await this.database.query(deleteShrink, [courseId]);
    return structure;
  }

  /** Claims courses whose second look is due; the next one is `againSeconds` later. */
  async claim(limit: number, againSeconds: number): Promise<string[]> {
    const rows = await this.database.query(claimShrunk, [limit, againSeconds]);
    return rows.map(({ courseId }) => courseId);
  }

  async count(): Promise<number> {
    const [row] = await this.database.query(countShrunk, []);
    return row!.waiting;
  }

  /** Up to `limit` courses after the given one, by id, each with its first missing lessons. */
  list(limit: number, after: string, lessonsMaximum: number): Promise<ShrunkCourse[]> {
    return this.database.query(listShrunk, [limit, after, lessonsMaximum]);
  }

  private async store(
    courseId: string,
    { missing, told }: Shrink,
    seenAt: Date,
    lookAt: Date,
  ): Promise<void> {
    const [lessons, since] = told ? [told.lessons, new Date(told.since)] : [null, null];
    const values = [courseId, seenAt, hostname(), missing, lessons, since, lookAt];
    await this.database.query(upsertShrink, values);
  }
}

function waitingIn(stored: RowOf<(typeof selectShrink)['columns']>): Shrink {
  const { missing, lessonsTold, toldSince } = stored;
  if (missing === null) return NO_SHRINK;
  const told =
    lessonsTold === null || toldSince === null
      ? null
      : { lessons: lessonsTold, since: toldSince.getTime() };
  return { missing, told };
}
