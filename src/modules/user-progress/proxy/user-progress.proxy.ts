import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import type { LessonKey } from '../lesson-key.js';
import { pairName } from '../pair-name.js';
import type { ProgressRecord } from '../progress-record.js';
import { courseRecordset } from './recordsets.js';
import {
  countRecords,
  listAfter,
  listPage,
  LIST_FILTERS,
  recordsById,
  recordsByLesson,
  sumRollups,
  type ListFilterName,
  type RollupFilterName,
} from './sql/read-records.js';
import { courseProgress, learnerTotals } from './sql/read-rollups.js';

/** A filter: a record must match everything that is given. */
export interface RecordFilter {
  userId?: string | undefined;
  courseId?: string | undefined;
  lessonId?: string | undefined;
  completed?: boolean | undefined;
}

/** A learner's progress in a course, as `courseProgress` reads it. */
export interface CourseProgressTotals {
  /** Whether the course's structure was ever stored. */
  courseKnown: boolean;
  /** Null where it is not known. */
  title: string | null;
  /** Whether the learner has, or had, a record in it. */
  started: boolean;
  lessonsTotal: number;
  lessonsCompleted: number;
  watchTimeSeconds: number;
  completedAt: Date | null;
}

/** A learner's totals over all courses, as `learnerTotals` reads them. */
export interface LearnerTotals {
  courses: number;
  lessonsCompleted: number;
  watchTimeSeconds: number;
}

/**
 * Reads records and rollups. Methods with several keys return one result for each key, in the same order; null for a
 * missing one.
 */
@Injectable()
export class UserProgressProxy {
  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
  ) {}

  /** @param ids in the form that `recordId` returns */
  async byIds(ids: readonly string[]): Promise<(ProgressRecord | null)[]> {
    const rows = await this.database.query(recordsById, [ids]);
    const found = new Map(rows.map((record) => [record.id, record]));
    return ids.map((id) => found.get(id) ?? null);
  }

  async byLessons(keys: readonly LessonKey[]): Promise<(ProgressRecord | null)[]> {
    const rows = await this.placement.inEach(keys, (part) =>
      this.database.query(recordsByLesson, [
        part.map(({ userId }) => userId),
        part.map(({ lessonId }) => lessonId),
        this.placement.name(part),
      ]),
    );
    const found = new Map(rows.map((record) => [pairName(record.userId, record.lessonId), record]));
    return keys.map(({ userId, lessonId }) => found.get(pairName(userId, lessonId)) ?? null);
  }

  async page(filter: RecordFilter, limit: number, offset: number): Promise<ProgressRecord[]> {
    const [names, values] = given(filter);
    return this.database.query(listPage(names), [limit, offset, ...values]);
  }

  /** Up to `limit` records after the one with the id, in the order of ids. */
  async after(filter: RecordFilter, limit: number, id: string): Promise<ProgressRecord[]> {
    const [names, values] = given(filter);
    return this.database.query(listAfter(names), [limit, id, ...values]);
  }

  /** The exact number of records: from the rollups, unless a lesson is given. */
  async count(filter: RecordFilter): Promise<number> {
    if (filter.lessonId !== undefined) {
      const [names, values] = given(filter);
      const [row] = await this.database.query(countRecords(names), values);
      return row!.total;
    }
    const names = (['userId', 'courseId'] as const).filter((name) => filter[name] !== undefined);
    const [sums] = await this.database.query(
      sumRollups(names satisfies RollupFilterName[]),
      names.map((name) => filter[name]),
    );
    if (filter.completed === undefined) return sums!.started;
    return filter.completed ? sums!.completed : sums!.started - sums!.completed;
  }

  async courseProgress(keys: readonly CourseKey[]): Promise<CourseProgressTotals[]> {
    const rows = await this.placement.inEach(keys, (part) =>
      this.database.query(courseProgress, [courseRecordset(part), this.placement.name(part)]),
    );
    const found = new Map(rows.map((row) => [pairName(row.userId, row.courseId), row]));
    return keys.map(({ userId, courseId }) => found.get(pairName(userId, courseId))!);
  }

  async learnerTotals(userIds: readonly string[]): Promise<LearnerTotals[]> {
    const keys = userIds.map((userId) => ({ userId }));
    const rows = await this.placement.inEach(keys, (part) =>
      this.database.query(learnerTotals, [
        JSON.stringify(part.map(({ userId }) => ({ user_id: userId }))),
        this.placement.name(part),
      ]),
    );
    const found = new Map(rows.map((row) => [row.userId, row]));
    return userIds.map((userId) => found.get(userId)!);
  }
}

/** The given filters and their values, in the order of `LIST_FILTERS`. */
function given(filter: RecordFilter): [ListFilterName[], unknown[]] {
  const names = (Object.keys(LIST_FILTERS) as ListFilterName[]).filter(
    (name) => filter[name] !== undefined,
  );
  return [names, names.map((name) => filter[name])];
}
