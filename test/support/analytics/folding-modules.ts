import { Test, type TestingModule } from '@nestjs/testing';
import { DatabaseModule } from '../../../src/common/database/database.module.js';
import { EnvironmentModule } from '../../../src/config/environment.module.js';
import { loadEnvironment } from '../../../src/config/environment.js';
import { FoldJournalFacade } from '../../../src/modules/analytics/folding/fold-journal.facade.js';
import { FoldingProxy } from '../../../src/modules/analytics/folding/proxy/folding.proxy.js';
import type { TestDatabase } from '../database.ts';
import { TEST_SECRET } from '../tokens.ts';

/** What folds the journal, when a test says so, and nothing else of the service. */
export function foldingModules(database: TestDatabase): Promise<TestingModule> {
  const environment = loadEnvironment({
    NODE_ENV: 'test',
    NATS_URL: 'nats://unused',
    JWT_SECRET: TEST_SECRET,
    ...database.environment,
  });
  return Test.createTestingModule({
    imports: [EnvironmentModule.with(environment), DatabaseModule.forEntities([])],
    providers: [FoldJournalFacade, FoldingProxy],
  }).compile();
}
