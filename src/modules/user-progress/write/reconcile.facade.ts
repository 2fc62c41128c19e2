import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { applyChange, type ChangeRules } from '../changes/apply-change.js';
import type { BatchState } from '../changes/batch-state.js';
import { isCovered } from '../changes/coverage.js';
import type { LessonKey } from '../lesson-key.js';
import { pairName } from '../pair-name.js';
import { BatchLockProxy } from '../proxy/batch-lock.proxy.js';
import { addUp, ProgressWriteProxy, type WriteSummary } from '../proxy/progress-write.proxy.js';
import {
  ReconcileProxy,
  type RecordPosition,
  type UnreconciledRecord,
} from '../proxy/reconcile.proxy.js';
import { changeRules } from './change-rules.js';

/** Some records of a course's unreconciled lessons. */
export interface RecordPortion {
  /** Those that must be reconciled. */
  keys: LessonKey[];
  /** The last record that was looked at. */
  position: RecordPosition;
  /** Whether there are no records after it. */
  last: boolean;
}

/** Records looked at for each that may be reconciled: when few need it, a walk is short. */
const SEEN_FOR_ONE = 4;

/** For callers that know that lessons changed: brings the records in them home, and completes what is covered now. */
@Injectable()
export class ReconcileFacade {
  private readonly rules: ChangeRules;

  constructor(
    private readonly locks: BatchLockProxy,
    private readonly writes: ProgressWriteProxy,
    private readonly proxy: ReconcileProxy,
    private readonly transactions: Transactions,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.rules = changeRules(environment);
  }

  /** Finds up to `limit` records to reconcile, after the position. */
  async nextRecords(
    courseId: string,
    position: RecordPosition,
    limit: number,
  ): Promise<RecordPortion> {
    const seen = await this.proxy.nextRecords(courseId, position, limit * SEEN_FOR_ONE);
    const unreconciled = seen.filter((record) => this.mustBeReconciled(record)).slice(0, limit);
    const last = unreconciled.length === limit ? unreconciled.at(-1)! : seen.at(-1);
    return {
      keys: unreconciled.map(({ userId, lessonId }) => ({ userId, lessonId })),
      position: last ? { lessonId: last.lessonId, recordId: last.id } : position,
      last: seen.length === 0,
    };
  }

  /** The records of learners in courses that belong elsewhere. */
  async misplaced(keys: readonly CourseKey[]): Promise<LessonKey[]> {
    return keys.length === 0 ? [] : this.proxy.misplaced(keys);
  }

  /**
   * Brings the records home, completes those whose lesson is covered, and counts the learners' rollups in all courses
   * that this concerns. Joins the current transaction. A repeat changes nothing.
   */
  async reconcile(keys: readonly LessonKey[]): Promise<WriteSummary> {
    if (keys.length === 0) return { outboxFilled: false, completedCourses: [] };
    return this.transactions.run(async () => {
      const changes = keys.map((key) => ({ kind: 'reconcile' as const, ...key }));
      const state = await this.locks.lock(changes);
      const live = changes.filter(
        ({ userId, lessonId }) => state.records.find(userId, lessonId)?.deletedAt === null,
      );
      for (const change of live) applyChange(change, state, this.rules);
      const concerned = await this.rollupsOf(live, state);
      await this.proxy.lockRollups(concerned);
      const written = await this.writes.write(state, this.environment.CERTIFICATE_TRIGGER);
      return addUp(written, await this.writes.recount(concerned, 'unchanged'));
    });
  }

  private mustBeReconciled(record: UnreconciledRecord): boolean {
    if (record.misplaced || record.lacksRollup) return true;
    return !record.completed && isCovered(record, this.rules.completeAtCoverage);
  }

  /** The rollups of the records' former and present homes, and of all courses for which they count. */
  private async rollupsOf(keys: readonly LessonKey[], state: BatchState): Promise<CourseKey[]> {
    const courses = await this.proxy.listingCourses(keys.map(({ lessonId }) => lessonId));
    const rollups = new Map<string, CourseKey>();
    const add = (userId: string, courseId: string) =>
      rollups.set(pairName(userId, courseId), { userId, courseId });
    for (const { record, before } of state.records.changed()) {
      for (const each of [before, record]) if (each) add(each.userId, each.courseId);
    }
    for (const { userId, lessonId } of keys) {
      if (!state.records.find(userId, lessonId)!.completed) continue;
      for (const courseId of courses.get(lessonId) ?? []) add(userId, courseId);
    }
    return [...rollups.values()];
  }
}
