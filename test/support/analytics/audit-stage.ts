import { AsyncResource } from 'node:async_hooks';
import { Test, type TestingModule } from '@nestjs/testing';
import { DatabaseModule } from '../../../src/common/database/database.module.js';
import { EnvironmentModule } from '../../../src/config/environment.module.js';
import { loadEnvironment } from '../../../src/config/environment.js';
import { AnalyticsAuditFacade } from '../../../src/modules/analytics/audit/analytics-audit.facade.js';
import {
  AnalyticsAuditProxy,
  type Portion,
} from '../../../src/modules/analytics/audit/proxy/analytics-audit.proxy.js';
import { OneMoment } from '../../../src/modules/analytics/audit/one-moment.facade.js';
import { BuildHistoryFacade } from '../../../src/modules/analytics/audit/history/build-history.facade.js';
import { HistoryProxy } from '../../../src/modules/analytics/audit/proxy/history.proxy.js';
import { FoldJournalFacade } from '../../../src/modules/analytics/folding/fold-journal.facade.js';
import { FoldingProxy } from '../../../src/modules/analytics/folding/proxy/folding.proxy.js';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { TEST_SECRET } from '../tokens.ts';
import { LearningDatabase } from './learning-database.ts';
import { storedFigures } from './stored-figures.ts';

const TABLES = [
  ...['analytics_journal', 'analytics_state', 'analytics_lesson', 'analytics_second'],
  ...[
    'learner_day',
    'analytics_learner',
    'analytics_silence',
    'analytics_day',
    'analytics_month',
    'analytics_cohort',
  ],
  ...['analytics_course', 'analytics_open_lesson', 'analytics_week', 'analytics_quarter'],
  ...['user_progress', 'course_progress', 'certificate'],
];

/** Portions of a row or two, so that a small database has many. */
class SmallPortions extends AnalyticsAuditProxy {
  /** Called before each portion is rebuilt, when it is chosen. */
  meanwhile = (): Promise<void> => Promise.resolve();

  override async rebuild(portion: Portion): Promise<number> {
    await this.meanwhile();
    return super.rebuild(portion);
  }

  protected override sizeOf(walk: string): number {
    return walk === 'days' ? 60 : 1;
  }
}

/** Folding, auditing and building on a database of their own, without the rest of the service. */
export class AuditStage {
  private constructor(
    readonly database: TestDatabase,
    readonly modules: TestingModule,
    readonly folder = modules.get(FoldJournalFacade),
    readonly audit = modules.get(AnalyticsAuditFacade),
    readonly history = modules.get(BuildHistoryFacade),
  ) {}

  static async start(): Promise<AuditStage> {
    const database = await createTestDatabase();
    const environment = loadEnvironment({
      NODE_ENV: 'test',
      NATS_URL: 'nats://unused',
      JWT_SECRET: TEST_SECRET,
      ANALYTICS_DAYS_KEPT: '36500',
      ...database.environment,
    });
    const modules = await Test.createTestingModule({
      imports: [EnvironmentModule.with(environment), DatabaseModule.forEntities([])],
      providers: [
        ...[FoldJournalFacade, FoldingProxy, AnalyticsAuditFacade],
        ...[BuildHistoryFacade, HistoryProxy, OneMoment],
        { provide: AnalyticsAuditProxy, useClass: SmallPortions },
      ],
    }).compile();
    const stage = new AuditStage(database, modules);
    stage.foldMeanwhile();
    return stage;
  }

  /** Empties the database. @param state null: analytics has not begun */
  async begin(state: { timeZone: string; since: Date } | null): Promise<LearningDatabase> {
    await this.query(TABLES.map((table) => `DELETE FROM ${table};`).join(' '));
    if (state) {
      await this.query(
        `INSERT INTO analytics_state (time_zone, since, built_at) VALUES ($1, $2, $2)`,
        [state.timeZone, state.since],
      );
    }
    return new LearningDatabase(this.database.pool);
  }

  query(text: string, values: unknown[] = []) {
    return this.database.pool.query(text, values);
  }

  /** Rows that a folder beside a rebuild took between the choice of a portion and its statements. */
  foldedMeanwhile = 0;

  private foldMeanwhile(): void {
    const outside = new AsyncResource('outside of the transaction');
    const portions = this.modules.get<AnalyticsAuditProxy, SmallPortions>(AnalyticsAuditProxy);
    portions.meanwhile = () =>
      outside.runInAsyncScope(async () => {
        this.foldedMeanwhile += (await this.folder.fold(5)).rows;
      });
  }

  async foldAll(): Promise<void> {
    while ((await this.folder.fold(5)).rows > 0);
  }

  /** What verifying prints. */
  async differences(): Promise<string[]> {
    const lines: string[] = [];
    for await (const { told } of this.audit.differences()) {
      lines.push(...told.map((one) => `${one.table} ${one.key}: ${one.differences.join('; ')}`));
    }
    return lines;
  }

  async rebuild(): Promise<void> {
    for await (const { portion } of this.audit.differences()) await this.audit.rebuild(portion);
  }

  /** Begins to build, in the quarter of an hour after the one with which days begin. */
  async beginToBuild(): Promise<void> {
    await this.history.step();
    await this.query(
      `UPDATE analytics_state SET since = since - interval '20 minutes' WHERE building IS NOT NULL`,
    );
  }

  async isBuilt(): Promise<boolean> {
    return (await this.history.state())!.isBuilt;
  }

  figures() {
    return storedFigures(this.database.pool);
  }

  async close(): Promise<void> {
    await this.modules.close();
    await this.database.drop();
  }
}
