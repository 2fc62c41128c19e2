import {
  analyticsMoves,
  type Activity,
  type AnalysedRecord,
} from '../../../src/modules/analytics/journal/analytics-move.js';
import { quarterOf, type Move } from '../../../src/modules/analytics/journal/move.js';

export interface LessonActivity extends Activity {
  userId: string;
  lessonId: string;
}

export interface Enrolment {
  userId: string;
  courseId: string;
  isLearner: boolean;
  createdAt: Date;
  completedAt: Date | null;
}

export interface IssuedCertificate {
  userId: string;
  courseId: string;
  at: Date;
}

/** One change of one learner. `at`: when it was done; the transaction is `lateSeconds` later. */
export interface Step {
  kind: 'watch' | 'set' | 'complete' | 'reopen' | 'delete' | 'moveHome' | 'finishCourse' | 'erase';
  user: number;
  lesson: number;
  at: Date;
  lateSeconds: number;
  seconds: number;
  watched: string;
  watchedAgain: string;
}

const COURSES = 2;

/** What learners do, without a database: it says which moves are journalled, and keeps what a recount needs. */
export class LearningModel {
  readonly records = new Map<string, AnalysedRecord>();
  readonly activities: LessonActivity[] = [];
  /** The last live state of each record's lifetime, over or not. */
  readonly lifetimes = new Map<string, AnalysedRecord>();
  readonly enrolments = new Map<string, Enrolment>();
  readonly certificates: IssuedCertificate[] = [];
  readonly erased = new Set<string>();

  /** @returns the moves of the step; none where it changes nothing */
  apply(step: Step): Move[] {
    const userId = `user ${step.user}`;
    if (this.erased.has(userId)) return [];
    if (step.kind === 'erase') return this.erase(userId, step.at);
    if (step.kind === 'finishCourse') return this.finishCourse(userId, step);
    return this.write(userId, step);
  }

  private write(userId: string, step: Step): Move[] {
    const lessonId = `lesson ${step.lesson}`;
    const name = `${userId} ${lessonId}`;
    const now = new Date(step.at.getTime() + step.lateSeconds * 1_000);
    const before = this.records.get(name) ?? null;
    const live = before && before.deletedAt === null ? before : null;
    const changed = changedRecord(step, live ?? blank(userId, lessonId, step, now), now);
    if (!changed || (!live && step.kind !== 'watch')) return [];
    const activity = activityOf(step, live, changed, now);
    this.records.set(name, changed);
    if (changed.deletedAt === null) {
      this.lifetimes.set(`${name} ${changed.createdAt.getTime()}`, changed);
    }
    const { courseId } = changed;
    this.activities.push(...activity.map((one) => ({ ...one, userId, lessonId })));
    const courses = new Set([courseId, before?.courseId ?? courseId]);
    return [
      ...analyticsMoves(before, changed, activity, now),
      ...[...courses].flatMap((course) => this.enrol(userId, course, now)),
    ];
  }

  private finishCourse(userId: string, step: Step): Move[] {
    const courseId = `course ${step.lesson % COURSES}`;
    const enrolment = this.enrolments.get(`${userId} ${courseId}`);
    if (!enrolment?.isLearner || enrolment.completedAt) return [];
    enrolment.completedAt = step.at;
    this.certificates.push({ userId, courseId, at: step.at });
    const move = { k: 'c', u: userId, c: courseId, e: quarterOf(enrolment.createdAt) } as const;
    const now = new Date(step.at.getTime() + step.lateSeconds * 1_000);
    return [
      { ...move, x: quarterOf(now) },
      { ...move, x: quarterOf(step.at) },
      { k: 'i', u: userId, c: courseId, t: quarterOf(step.at), n: 1 },
    ];
  }

  /** As the rollups do: a learner has a live record in the course, or has completed it. */
  private enrol(userId: string, courseId: string, now: Date): Move[] {
    const isLearner = [...this.records.values()].some(
      (one) => one.userId === userId && one.courseId === courseId && one.deletedAt === null,
    );
    const name = `${userId} ${courseId}`;
    const enrolment = this.enrolments.get(name) ?? {
      ...{ userId, courseId, isLearner: false, createdAt: now, completedAt: null },
    };
    if (isLearner === enrolment.isLearner || enrolment.completedAt) return [];
    enrolment.isLearner = isLearner;
    this.enrolments.set(name, enrolment);
    const e = quarterOf(enrolment.createdAt);
    return [{ k: 'c', u: userId, c: courseId, j: isLearner ? 1 : -1, e }];
  }

  private erase(userId: string, now: Date): Move[] {
    this.erased.add(userId);
    const moves: Move[] = [];
    for (const [name, record] of this.records) {
      if (record.userId !== userId) continue;
      if (record.deletedAt === null) {
        moves.push(...analyticsMoves(record, { ...record, deletedAt: now }, [], now));
      }
      this.records.delete(name);
    }
    for (const { courseId, at } of this.certificates.filter((one) => one.userId === userId)) {
      moves.push({ k: 'i', u: userId, c: courseId, t: quarterOf(at), n: -1 });
    }
    return [...moves, { k: 'e', u: userId }];
  }
}

function blank(userId: string, lessonId: string, { lesson }: Step, now: Date): AnalysedRecord {
  return {
    ...{ userId, lessonId, courseId: `course ${lesson % COURSES}` },
    ...{ completed: false, completedAt: null, createdAt: now, deletedAt: null },
    ...{ watchTimeSeconds: 0, uniqueSeconds: 0, rewatchedSeconds: 0 },
    ...{ watched: '{}', watchedAgain: '{}' },
  };
}

/** @returns null where the step changes nothing */
function changedRecord(step: Step, record: AnalysedRecord, now: Date): AnalysedRecord | null {
  const { seconds } = step;
  switch (step.kind) {
    case 'watch':
      return {
        ...record,
        watchTimeSeconds: record.watchTimeSeconds + seconds,
        uniqueSeconds: record.uniqueSeconds + Math.floor(seconds / 2),
        rewatchedSeconds: record.rewatchedSeconds + Math.ceil(seconds / 2),
        watched: step.watched,
        watchedAgain: step.watchedAgain,
      };
    case 'set':
      return { ...record, watchTimeSeconds: seconds };
    case 'complete':
      return record.completed ? null : { ...record, completed: true, completedAt: step.at };
    case 'reopen':
      return record.completed ? { ...record, completed: false, completedAt: null } : null;
    case 'delete':
      return { ...record, deletedAt: now };
    case 'moveHome':
      return { ...record, courseId: `course ${seconds % COURSES}` };
    default:
      return null;
  }
}

/** What the learner did: watching is dated by the player, everything else by the transaction. */
function activityOf(
  step: Step,
  before: AnalysedRecord | null,
  after: AnalysedRecord,
  now: Date,
): Activity[] {
  const { courseId } = after;
  if (step.kind === 'watch') {
    return step.seconds > 0 || !before ? [{ courseId, at: step.at, seconds: step.seconds }] : [];
  }
  if (step.kind === 'complete') return [{ courseId, at: now, seconds: 0 }];
  const grown = after.watchTimeSeconds - (before?.watchTimeSeconds ?? 0);
  return step.kind === 'set' && grown > 0 ? [{ courseId, at: now, seconds: grown }] : [];
}
