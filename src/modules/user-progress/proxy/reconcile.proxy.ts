import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import type { CompletionEvidence } from '../changes/coverage.js';
import type { LessonKey } from '../lesson-key.js';
import { courseRecordset } from './recordsets.js';
import { ensureRollups } from './sql/ensure-rollups.js';
import { lockRollups } from './sql/recount-courses.js';
import { listingCourses, misplacedRecords, unreconciledRecords } from './sql/reconcile-records.js';

/** Where a walk over the records of a course's unreconciled lessons is: after this record of this lesson. */
export interface RecordPosition {
  lessonId: string;
  recordId: string;
}

/** A record of an unreconciled lesson. */
export interface UnreconciledRecord extends LessonKey, CompletionEvidence {
  id: string;
  completed: boolean;
  /** Another course should be its home. */
  misplaced: boolean;
  /** It counts for a course in which the learner has no rollup. */
  lacksRollup: boolean;
}

/** Finds records that are to be reconciled, and prepares the rollups that this concerns. */
@Injectable()
export class ReconcileProxy {
  constructor(private readonly database: Database) {}

  nextRecords(
    courseId: string,
    { lessonId, recordId }: RecordPosition,
    limit: number,
  ): Promise<UnreconciledRecord[]> {
    return this.database.query(unreconciledRecords, [courseId, lessonId, recordId, limit]);
  }

  /** The records of learners in courses that belong elsewhere. */
  misplaced(keys: readonly CourseKey[]): Promise<LessonKey[]> {
    return this.database.query(misplacedRecords, [courseRecordset(keys)]);
  }

  /** The courses that list the lessons, by lesson. */
  async listingCourses(lessonIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.database.query(listingCourses, [lessonIds]);
    const courses = new Map<string, string[]>();
    for (const { lessonId, courseId } of rows) {
      courses.set(lessonId, [...(courses.get(lessonId) ?? []), courseId]);
    }
    return courses;
  }

  /** Inserts missing rollups, and locks all of them in order. Needs a transaction. */
  async lockRollups(keys: readonly CourseKey[]): Promise<void> {
    const recordset = courseRecordset(keys);
    await this.database.query(ensureRollups, [recordset]);
    await this.database.query(lockRollups, [recordset]);
  }
}
