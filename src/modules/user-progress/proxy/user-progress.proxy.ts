import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { ProgressRecord } from '../progress-record.js';
import { toRecord, type RecordRow } from './record-row.js';
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

/** Which records are meant: those for which everything given holds. */
export interface RecordFilter {
  userId?: string | undefined;
  courseId?: string | undefined;
  lessonId?: string | undefined;
  completed?: boolean | undefined;
}

export interface CourseProgressTotals {
  /** Whether the course's structure was ever stored. */
  courseKnown: boolean;
  /** Whether the learner has, or had, a record in it. */
  started: boolean;
  lessonsTotal: number;
  lessonsCompleted: number;
  watchTimeSeconds: number;
  completedAt: Date | null;
}

export interface LearnerTotals {
  courses: number;
  lessonsCompleted: number;
  watchTimeSeconds: number;
}

/** Reads of records and rollups. What reads several at once answers in the order it was asked, null for what is not there. */
@Injectable()
export class UserProgressProxy {
  constructor(private readonly database: Database) {}

  async byIds(ids: readonly string[]): Promise<(ProgressRecord | null)[]> {
    const rows = await this.database.query<RecordRow>(recordsById, [ids]);
    const found = new Map(rows.map((row) => [row.id, toRecord(row)]));
    return ids.map((id) => found.get(id.toLowerCase()) ?? null);
  }

  async byLessons(
    keys: readonly { userId: string; lessonId: string }[],
  ): Promise<(ProgressRecord | null)[]> {
    const rows = await this.database.query<RecordRow>(recordsByLesson, [
      keys.map(({ userId }) => userId),
      keys.map(({ lessonId }) => lessonId),
    ]);
    const found = new Map(rows.map((row) => [`${row.user_id} ${row.lesson_id}`, toRecord(row)]));
    return keys.map(({ userId, lessonId }) => found.get(`${userId} ${lessonId}`) ?? null);
  }

  async page(filter: RecordFilter, limit: number, offset: number): Promise<ProgressRecord[]> {
    const [names, values] = given(filter);
    const rows = await this.database.query<RecordRow>(listPage(names), [limit, offset, ...values]);
    return rows.map(toRecord);
  }

  /** Up to `limit` records after the one with the id, in the order of ids. */
  async after(filter: RecordFilter, limit: number, id: string): Promise<ProgressRecord[]> {
    const [names, values] = given(filter);
    const rows = await this.database.query<RecordRow>(listAfter(names), [limit, id, ...values]);
    return rows.map(toRecord);
  }

  /** The exact number of records; from the rollups, except for a single lesson's. */
  async count(filter: RecordFilter): Promise<number> {
    if (filter.lessonId !== undefined) {
      const [names, values] = given(filter);
      const [row] = await this.database.query<{ total: number }>(countRecords(names), values);
      return row!.total;
    }
    const names = (['userId', 'courseId'] as const).filter((name) => filter[name] !== undefined);
    const [sums] = await this.database.query<{ started: number; completed: number }>(
      sumRollups(names satisfies RollupFilterName[]),
      names.map((name) => filter[name]),
    );
    if (filter.completed === undefined) return sums!.started;
    return filter.completed ? sums!.completed : sums!.started - sums!.completed;
  }

  async courseProgress(
    keys: readonly { userId: string; courseId: string }[],
  ): Promise<CourseProgressTotals[]> {
    const rows = await this.database.query<{
      user_id: string;
      course_id: string;
      course_known: boolean;
      started: boolean;
      lessons_total: number;
      completed: number;
      watch_time_seconds: number;
      completed_at: Date | null;
    }>(courseProgress, [
      JSON.stringify(
        keys.map(({ userId, courseId }) => ({ user_id: userId, course_id: courseId })),
      ),
    ]);
    const found = new Map(
      rows.map((row) => [
        `${row.user_id} ${row.course_id}`,
        {
          courseKnown: row.course_known,
          started: row.started,
          lessonsTotal: row.lessons_total,
          lessonsCompleted: row.completed,
          watchTimeSeconds: row.watch_time_seconds,
          completedAt: row.completed_at,
        },
      ]),
    );
    return keys.map(({ userId, courseId }) => found.get(`${userId} ${courseId}`)!);
  }

  async learnerTotals(userIds: readonly string[]): Promise<LearnerTotals[]> {
    const rows = await this.database.query<{
      user_id: string;
      courses: number;
      lessons_completed: number;
      watch_time_seconds: number;
    }>(learnerTotals, [JSON.stringify(userIds.map((userId) => ({ user_id: userId })))]);
    const found = new Map(rows.map((row) => [row.user_id, row]));
    return userIds.map((userId) => {
      const row = found.get(userId);
      return {
        courses: row?.courses ?? 0,
        lessonsCompleted: row?.lessons_completed ?? 0,
        watchTimeSeconds: row?.watch_time_seconds ?? 0,
      };
    });
  }
}

/** The filters that were given, and their values, in the order of `LIST_FILTERS`. */
function given(filter: RecordFilter): [ListFilterName[], unknown[]] {
  const names = (Object.keys(LIST_FILTERS) as ListFilterName[]).filter(
    (name) => filter[name] !== undefined,
  );
  return [names, names.map((name) => filter[name])];
}
