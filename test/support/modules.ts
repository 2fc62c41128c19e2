import { Logger, type ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { DatabaseModule } from '../../src/common/database/database.module.js';
import { NatsModule } from '../../src/common/nats/nats.module.js';
import { NatsService } from '../../src/common/nats/nats.service.js';
import { EnvironmentModule } from '../../src/config/environment.module.js';
import { loadEnvironment } from '../../src/config/environment.js';
import type { TestDatabase } from './database.ts';
import type { NatsServer } from './nats.ts';
import { TEST_SECRET } from './tokens.ts';
import { waitFor } from './wait-for.ts';

export interface TestModulesOptions {
  nats: Pick<NatsServer, 'url'>;
  /** Without it, there is no database module. */
  database?: TestDatabase;
  imports?: ModuleMetadata['imports'];
  environment?: Partial<NodeJS.ProcessEnv>;
}

/** Some modules of the service, without its edge, connected to NATS (unless the test has none). */
export async function startModules(
  options: TestModulesOptions,
  { connected = true }: { connected?: boolean } = {},
): Promise<TestingModule> {
  const environment = loadEnvironment({
    NODE_ENV: 'test',
    NATS_URL: options.nats.url,
    JWT_SECRET: TEST_SECRET,
    DB_HOST: 'unused',
    POSTGRES_USER: 'unused',
    DB_NAME_USER_PROGRESS: 'unused',
    ...options.database?.environment,
    ...options.environment,
  });
  const database = options.database ? [DatabaseModule.forEntities([])] : [];
  const modules = await Test.createTestingModule({
    imports: [
      EnvironmentModule.with(environment),
      NatsModule,
      ...database,
      ...(options.imports ?? []),
    ],
  }).compile();
  Logger.overrideLogger(false);
  await modules.init();
  if (connected) await untilConnected(modules);
  return modules;
}

export async function untilConnected(modules: TestingModule): Promise<void> {
  const nats = modules.get(NatsService);
  await waitFor(() => nats.state() === 'connected', {
    message: 'the service is connected to NATS',
  });
}
