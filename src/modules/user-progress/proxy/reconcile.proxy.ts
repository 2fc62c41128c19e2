import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import type { CompletionEvidence } from '../changes/coverage.js';
import type { LessonKey } from '../lesson-key.js';
import { courseRecordset } from './recordsets.js';
import { ensureRollups } from './sql/ensure-rollups.js';
import { lockRollups } from './sql/recount-courses.js';
import {
  BEFORE_ALL_RECORDS,
  listingCourses,
  misplacedRecords,
  recordsOfLesson,
  unreconciledLessons,
  withoutRollup,
} from './sql/reconcile-records.js';

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
  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
  ) {}

  /** The next records of the course's unreconciled lessons after the position: up to `limit`, all of one lesson. */
  async nextRecords(
    courseId: string,
    position: RecordPosition,
    limit: number,
  ): Promise<UnreconciledRecord[]> {
    const lessons = await this.database.query(unreconciledLessons, [courseId, position.lessonId]);
    for (const { lessonId } of lessons) {
      const after = lessonId === position.lessonId ? position.recordId : BEFORE_ALL_RECORDS;
      const records = await this.database.query(recordsOfLesson, [lessonId, after, limit]);
      if (records.length > 0) return this.withRollups(lessonId, records);
    }
    return [];
  }

  private async withRollups(
    lessonId: string,
    records: readonly Omit<UnreconciledRecord, 'lacksRollup'>[],
  ): Promise<UnreconciledRecord[]> {
    const completed = records.filter((record) => record.completed);
    const lacking = await this.placement.inEach(completed, (part) =>
      this.database.query(withoutRollup, [
        part.map(({ userId }) => userId),
        lessonId,
        this.placement.name(part),
      ]),
    );
    const learners = new Set(lacking.map(({ userId }) => userId));
    return records.map((record) => ({
      ...record,
      lacksRollup: record.completed && learners.has(record.userId),
    }));
  }

  /** The records of learners in courses that belong elsewhere. */
  misplaced(keys: readonly CourseKey[]): Promise<LessonKey[]> {
    return this.placement.inEach(keys, (part) =>
      this.database.query(misplacedRecords, [courseRecordset(part), this.placement.name(part)]),
    );
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
    await this.placement.inEach(keys, async (part) => {
      const recordset = courseRecordset(part);
      await this.database.query(ensureRollups, [recordset]);
      return this.database.query(lockRollups, [recordset, this.placement.name(part)]);
    });
  }
}
