import { Transactions } from '../../../src/common/database/transactions.js';
import { BackgroundJobs } from '../../../src/common/background/background-jobs.service.js';
import { AnalyticsAuditFacade } from '../../../src/modules/analytics/audit/analytics-audit.facade.js';
import { OneMoment } from '../../../src/modules/analytics/audit/one-moment.facade.js';
import { BuildHistoryFacade } from '../../../src/modules/analytics/audit/history/build-history.facade.js';
import { AnalyticsAuditProxy } from '../../../src/modules/analytics/audit/proxy/analytics-audit.proxy.js';
import { FoldJournalFacade } from '../../../src/modules/analytics/folding/fold-journal.facade.js';
import { CertificateProxy } from '../../../src/modules/certificates/proxy/certificate.proxy.js';
import { CourseProxy } from '../../../src/modules/course-catalog/proxy/course.proxy.js';
import { ErasureFacade } from '../../../src/modules/privacy/facade/erasure.facade.js';
import type {
  ChangeOutcome,
  ProgressChange,
} from '../../../src/modules/user-progress/changes/progress-change.js';
import { WriteQueue } from '../../../src/modules/user-progress/write/write-queue.service.js';
import type { TestDatabase } from '../database.ts';
import type { GraphqlClient } from '../graphql-client.ts';
import { startTestApp, type TestApp } from '../test-app.ts';

/** What a change may be refused with; anything else is a fault. */
const REFUSALS = new Set(['CONFLICT', 'NOT_FOUND', 'BAD_USER_INPUT']);

const TABLES = [
  ...['unreconciled_lesson', 'course_evaluation', 'course_lesson', 'unlisted_lesson', 'course'],
  ...['user_progress', 'course_progress', 'certificate', 'outbox', 'watch_session', 'watch_clock'],
  ...['idempotency_key', 'erased_user', 'analytics_journal', 'analytics_state'],
  ...['analytics_lesson', 'analytics_second', 'learner_day', 'analytics_learner'],
  ...['analytics_silence', 'analytics_day', 'analytics_month', 'analytics_cohort'],
  ...['analytics_course', 'analytics_open_lesson', 'analytics_week', 'analytics_quarter'],
];
const EMPTY = TABLES.map((table) => `DELETE FROM ${table};`).join(' ');

export interface StageLesson {
  lessonId: string;
  title?: string;
  durationSeconds: number | null;
}

/** Two processes of the service on one database, that fold beside each other, and may die at it. */
export class WriteStage {
  private constructor(private readonly processes: readonly TestApp[]) {}

  /** @param given a database that is not dropped with the stage */
  static async open(
    environment: Partial<NodeJS.ProcessEnv>,
    given?: TestDatabase,
  ): Promise<WriteStage> {
    const settings = {
      ...{ COURSE_EVALUATION_POLL_MS: '600000', COURSE_SHRINK_CONFIRM_SECONDS: '0' },
      // A busy machine refuses nothing.
      ...{
        WRITE_QUEUE_WAIT_MS: '30000',
        DB_STATEMENT_TIMEOUT_MS: '30000',
        DB_LOCK_TIMEOUT_MS: '20000',
      },
      ...environment,
    };
    const first = await startTestApp({
      ...{ catalogue: false, environment: settings },
      ...(given && { database: given }),
    });
    const { database, nats } = first;
    const second = await startTestApp({ catalogue: false, environment: settings, database, nats });
    return new WriteStage([first, second]);
  }

  async close(): Promise<void> {
    for (const process of this.processes.toReversed()) await process.close();
  }

  get pool() {
    return this.processes[0]!.database.pool;
  }

  as(person: { sub: string; role: string }): Promise<GraphqlClient> {
    return this.processes[0]!.as(person);
  }

  /** Begins anew, as if nobody had learned anything. */
  async begin(timeZone: string, since: Date): Promise<void> {
    await this.pool.query(`BEGIN; ${EMPTY} COMMIT`);
    await this.pool.query(
      // A process that has just started may begin analytics at this moment.
      `INSERT INTO analytics_state (time_zone, since, built_at) VALUES ($1, $2, now())
       ON CONFLICT (is_only) DO UPDATE SET time_zone = $1, since = $2`,
      [timeZone, since],
    );
  }

  /** @returns null where the change was refused. Changes of one record must go to one process, to be in order. */
  async submit(process: number, change: ProgressChange): Promise<ChangeOutcome | null> {
    try {
      return await this.of(WriteQueue, process).submit(change);
    } catch (error) {
      if (REFUSALS.has((error as { code: string }).code)) return null;
      throw error;
    }
  }

  confirmCertificate(userId: string, courseId: string): Promise<unknown> {
    return this.of(CertificateProxy).confirm({ userId, courseId }, 'administrator');
  }

  erase(userId: string): Promise<unknown> {
    return this.of(ErasureFacade, 1).erase(userId);
  }

  /** Stores what the course lists, as its service said at that time. */
  async offer(
    courseId: string,
    lessons: readonly StageLesson[],
    at: Date,
    {
      title = null,
      instructorId = null,
    }: { title?: string | null; instructorId?: string | null } = {},
  ): Promise<void> {
    await this.of(CourseProxy).save(
      {
        ...{ courseId, title, instructorId, isActive: true, totalLectures: 0 },
        lessons: lessons.map(({ lessonId, durationSeconds, title = null }, position) => ({
          ...{ lessonId, durationSeconds, sectionId: null, title, position },
        })),
      },
      at,
    );
  }

  /** As it would be done when every transaction of before is over. */
  async evaluate(): Promise<void> {
    await this.pool.query(`UPDATE course_evaluation
      SET structure_changed_at = structure_changed_at - interval '1 hour', lease_ends_at = now()`);
    await this.pool.query(`UPDATE unreconciled_lesson SET known_at = known_at - interval '1 hour'`);
    await this.of(BackgroundJobs).runNow('course-evaluation');
  }

  /** What verifying the figures prints, as of now. */
  async differences(): Promise<string[]> {
    const audit = new AnalyticsAuditFacade(
      this.of(Transactions),
      this.of(AnalyticsAuditProxy),
      this.of(OneMoment),
    );
    const lines: string[] = [];
    for await (const { told } of audit.differences()) {
      lines.push(...told.map((one) => `${one.table} ${one.key}: ${one.differences.join('; ')}`));
    }
    return lines;
  }

  /** Forgets all figures, as on a platform that has records and no journal yet, and builds them. */
  async buildAnew(): Promise<void> {
    const history = this.of(BuildHistoryFacade, 1);
    await this.pool.query('UPDATE analytics_state SET built_at = NULL, building = NULL');
    await history.step();
    await this.pool.query(`UPDATE analytics_state SET since = since - interval '20 minutes'`);
    while (!(await history.state())!.isBuilt) await history.step();
  }

  fold(process: number, rows: number): Promise<{ rows: number }> {
    return this.of(FoldJournalFacade, process).fold(rows);
  }

  /** A folder that dies before its commit. */
  async foldAndDie(process: number, rows: number): Promise<void> {
    await this.of(Transactions, process)
      .run(async () => {
        await this.fold(process, rows);
        throw new Error('killed');
      })
      .catch(() => undefined);
  }

  async foldAll(): Promise<void> {
    for (;;) {
      await Promise.all([this.fold(0, 7), this.fold(1, 400)]);
      const { rows } = await this.pool.query('SELECT FROM analytics_journal LIMIT 1');
      if (rows.length === 0) return;
    }
  }

  private of<Type>(type: abstract new (...args: never[]) => Type, process = 0): Type {
    return this.processes[process]!.app.get(type, { strict: false });
  }
}
