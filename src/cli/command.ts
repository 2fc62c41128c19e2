import { DataSource } from 'typeorm';
import { APPLICATION_NAME, dataSourceOptions } from '../common/database/data-source-options.js';
import { NoCitusError, ServiceRunsError } from '../common/database/distribution/distribute.js';
import { NewerSchemaError } from '../common/database/migrate.js';
import { isConnectionLost, reasonOf } from '../common/errors/database-error.js';
import { sqlState } from '../common/errors/sql-state.js';
import { environmentOrExit } from '../config/environment-or-exit.js';
import type { Environment } from '../config/environment.js';
import { ENTITIES } from '../entities.js';
import { NotBuiltError } from '../modules/analytics/audit/not-built.error.js';
import { ExistingTableError } from '../modules/user-progress/adoption/adopt-existing.js';

/**
 * The configuration of a command. It does not listen, verify tokens or call other services, so it needs the variables of
 * the database only.
 */
export function commandEnvironment(overrides: NodeJS.ProcessEnv = {}): Environment {
  return environmentOrExit({
    ...process.env,
    NATS_URL: 'unused',
    JWT_SECRET: 'unused '.repeat(8),
    JWKS_URL: '',
    CURSOR_SECRET: '',
    ...overrides,
  });
}

/** Runs a command on the database. Its result is the exit code. */
export async function runOnDatabase(
  environment: Environment,
  command: (dataSource: DataSource) => Promise<number>,
): Promise<void> {
  await run(async () => {
    const dataSource = new DataSource({
      ...dataSourceOptions(environment),
      applicationName: `${APPLICATION_NAME} command`,
      entities: ENTITIES,
    });
    await dataSource.initialize();
    try {
      return await command(dataSource);
    } finally {
      await dataSource.destroy();
    }
  });
}

/** Sets the exit code. A failure is 1, and printed: in one line where a stack would say nothing more. */
export async function run(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.exitCode = 1;
    console.error(isPlain(error) ? reasonOf(error) : error);
  }
}

/** Errors whose message says all that there is to say. */
const PLAIN = [
  ...[NewerSchemaError, ExistingTableError, NoCitusError, ServiceRunsError],
  NotBuiltError,
];

function isPlain(error: unknown): boolean {
  const isOfDatabase = isConnectionLost(error) || sqlState(error) !== null;
  return isOfDatabase || PLAIN.some((kind) => error instanceof kind);
}
