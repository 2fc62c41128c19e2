import type pg from 'pg';
import type { AnalysedRecord } from '../../../src/modules/analytics/journal/analytics-move.js';
import type {
  ChangeOutcome,
  ProgressChange,
} from '../../../src/modules/user-progress/changes/progress-change.js';
import type { ProgressRecord } from '../../../src/modules/user-progress/progress-record.js';
import type { Enrolment, IssuedCertificate, LessonActivity } from './learning-model.ts';
import type { Learning } from './recount.ts';

const RECORDS = `
  SELECT id, user_id AS "userId", course_id AS "courseId", lesson_id AS "lessonId", completed,
         completed_at AS "completedAt", watch_time_seconds AS "watchTimeSeconds",
         unique_seconds AS "uniqueSeconds", rewatched_seconds AS "rewatchedSeconds",
         watched::text AS watched, watched_again::text AS "watchedAgain",
         created_at AS "createdAt", deleted_at AS "deletedAt"
  FROM user_progress`;
const ENROLMENTS = `
  SELECT user_id AS "userId", course_id AS "courseId", created_at AS "createdAt", completed_at AS "completedAt",
         lessons_started > 0 OR completed_at IS NOT NULL AS "isLearner"
  FROM course_progress`;
const CERTIFICATES = `
  SELECT user_id AS "userId", course_id AS "courseId", issued_at AS at
  FROM certificate WHERE status = 'ISSUED'`;

type StoredRecord = AnalysedRecord & { id: string };

/**
 * What learners did, from the service's answers; what is stored of it, from the tables. Nothing here knows of the
 * journal.
 */
export class ObservedLearning implements Learning {
  readonly records = new Map<string, StoredRecord>();
  readonly activities: LessonActivity[] = [];
  readonly lifetimes = new Map<string, AnalysedRecord>();
  readonly enrolments = new Map<string, Enrolment>();
  readonly certificates: IssuedCertificate[] = [];
  readonly erased = new Set<string>();
  private readonly deletions = new Map<string, number>();

  constructor(private readonly pool: pg.Pool) {}

  idOf(userId: string, lessonId: string): string | undefined {
    return this.records.get(nameOf({ userId, lessonId }))?.id;
  }

  /** Takes the answer to a change. Those of one record come in the order of its changes. */
  note(change: ProgressChange, { record, beats, judgedAt }: ChangeOutcome): void {
    const name = nameOf(record);
    const stored = this.records.get(name);
    const before = stored && stored.deletedAt === null ? stored : null;
    const did = (at: Date, seconds: number) => {
      const { userId, courseId, lessonId } = record;
      this.activities.push({ userId, courseId, lessonId, at, seconds });
    };
    if (beats?.every(({ result }) => result === 'REJECTED' || result === 'DUPLICATE')) return;
    const completes = record.completed && !before?.completed;
    const growth = Math.max(0, record.watchTimeSeconds - (before?.watchTimeSeconds ?? 0));
    if (change.kind === 'recordWatch') {
      change.beats.forEach(({ at }, index) => {
        const { result, creditedSeconds } = beats![index]!;
        const begins = !before && (result === 'COUNTED' || result === 'CLIPPED');
        if (creditedSeconds > 0 || begins) did(at < judgedAt! ? at : judgedAt!, creditedSeconds);
      });
      if (completes) did(record.completedAt!, 0);
    } else if (change.kind === 'create' || growth > 0 || completes) {
      did(record.updatedAt, growth);
    }
    this.keep(record);
  }

  /** Reads what is stored, also what nobody was answered: records that moved, or were completed by a new length. */
  async read(): Promise<void> {
    const rows = async <Row extends pg.QueryResultRow>(text: string) =>
      (await this.pool.query<Row>(text)).rows;
    this.records.clear();
    for (const record of await rows<ProgressRecord>(RECORDS)) this.keep(record);
    this.enrolments.clear();
    for (const one of await rows<Enrolment>(ENROLMENTS)) {
      this.enrolments.set(`${one.userId} ${one.courseId}`, one);
    }
    this.certificates.splice(0, Infinity, ...(await rows<IssuedCertificate>(CERTIFICATES)));
  }

  private keep(record: ProgressRecord): void {
    const name = nameOf(record);
    const deletions = this.deletions.get(name) ?? 0;
    const wasDeleted = (this.records.get(name)?.deletedAt ?? null) !== null;
    if (record.deletedAt === null) this.lifetimes.set(`${name} ${deletions}`, record);
    else if (!wasDeleted && this.lifetimes.has(`${name} ${deletions}`)) {
      this.deletions.set(name, deletions + 1);
    }
    this.records.set(name, record);
  }
}

const nameOf = ({ userId, lessonId }: { userId: string; lessonId: string }): string =>
  `${userId} ${lessonId}`;
