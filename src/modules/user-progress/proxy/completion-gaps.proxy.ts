import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { completedLessons, missingLessons, type MissingLessonRow } from './sql/missing-lessons.js';

/** Reads which lessons of a course a learner has not completed, and how many these are. */
@Injectable()
export class CompletionGapsProxy {
  constructor(private readonly database: Database) {}

  /** The first `limit` missing lessons, how many are missing, and how many lessons the course lists. */
  async missingLessons(
    { userId, courseId }: CourseKey,
    limit: number,
  ): Promise<{ lessons: MissingLessonRow[]; missing: number; listed: number }> {
    const [row] = await this.database.query(missingLessons, [userId, courseId, limit]);
    return row!;
  }

  async completedLessons({ userId, courseId }: CourseKey): Promise<number> {
    const [row] = await this.database.query(completedLessons, [userId, courseId]);
    return row!.completed;
  }
}
