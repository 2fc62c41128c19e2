import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { StoredLesson } from '../course-catalog.js';
import { isUnlistedLesson, saveUnlistedLesson } from './sql/unlisted-lessons.js';

/** Stores lessons that their course does not list: it dropped them, or lists none. */
@Injectable()
export class UnlistedLessonProxy {
  constructor(private readonly database: Database) {}

  async isKnown(courseId: string, lessonId: string): Promise<boolean> {
    const [row] = await this.database.query(isUnlistedLesson, [courseId, lessonId]);
    return row!.known;
  }

  async save(courseId: string, { lessonId, title, durationSeconds }: StoredLesson): Promise<void> {
    await this.database.query(saveUnlistedLesson, [courseId, lessonId, title, durationSeconds]);
  }
}
