import { Injectable } from '@nestjs/common';
import { hostname } from 'node:os';
import { Database } from '../../../common/database/database.js';
import type { Statement } from '../../../common/database/statement.js';
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
   * What the reply makes of the course's structure, and stores what waits. The caller must have stored and locked the
   * course.
   */
  async hold(reply: CourseReply, askedAt: Date, confirmSeconds: number): Promise<Structure> {
    const { courseId } = reply;
    const [stored] = await this.database.query(selectShrink, [courseId]);
    const before = waitingIn(stored!);
    const confirmMs = confirmSeconds * 1_000;
    const { structure, waiting } = holdReply(stored!, before, reply, askedAt, confirmMs);
    // The reply said nothing about the structure.
    if (waiting === before) return structure;
    const due = confirmableAt(waiting, confirmMs);
    if (due) await this.store(courseId, waiting, askedAt, new Date(due.first));
    else if (stored!.missing) await this.database.query(deleteShrink, [courseId]);
    return structure;
  }

  /** For how many seconds what is missing in the reply would still count if it were stored now. */
  async secondsToCount(reply: CourseReply, confirmSeconds: number): Promise<number> {
    const [stored] = await this.database.query(selectShrink, [reply.courseId]);
    if (!stored) return reply.lessons || !reply.totalLectures ? 0 : confirmSeconds;
    const { now } = stored;
    const confirmMs = confirmSeconds * 1_000;
    const { waiting } = holdReply(stored, waitingIn(stored), reply, now, confirmMs);
    const due = confirmableAt(waiting, confirmMs);
    return due ? Math.max(0, Math.ceil((due.last - now.getTime()) / 1_000)) : 0;
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

  /** Up to `limit` courses after the given one, by id, or only one course; each with its first missing lessons. */
  list(
    courseId: string | null,
    limit: number,
    after: string,
    lessonsMaximum: number,
  ): Promise<ShrunkCourse[]> {
    return this.database.query(listShrunk, [limit, after, lessonsMaximum, courseId]);
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

type Stored = typeof selectShrink extends Statement<infer Row> ? Row : never;

const holdReply = (
  { listed, total, lessons }: Stored,
  waiting: Shrink,
  reply: CourseReply,
  askedAt: Date,
  confirmMs: number,
): ReturnType<typeof hold> =>
  hold(
    { listed, total, lessons },
    waiting,
    { lessons: reply.lessons, total: reply.totalLectures, at: askedAt.getTime() },
    confirmMs,
  );

function waitingIn({ missing, lessonsTold, toldSince }: Stored): Shrink {
  if (missing === null) return NO_SHRINK;
  if (lessonsTold === null || toldSince === null) return { missing, told: null };
  return { missing, told: { lessons: lessonsTold, since: toldSince.getTime() } };
}
