import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createApp } from '../../src/application.js';
import { startLogger } from '../../src/common/logging/start-logger.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { ExistingTableError } from '../../src/modules/user-progress/adoption/adopt-existing.js';
import { createOriginalTable, fillOriginalTable } from '../builders/original-table.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { captureLogs, type LogLine } from '../support/logs.ts';
import { startNatsServer, type NatsServer } from '../support/nats.ts';
import { TEST_SECRET } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';

let database: TestDatabase;
let nats: NatsServer;
const lines: LogLine[] = [];

beforeAll(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startNatsServer()]);
});
afterAll(() => Promise.all([database.drop(), nats.stop()]));

beforeEach(async () => {
  await createOriginalTable(database.pool);
  await fillOriginalTable(database.pool, 100);
  lines.length = 0;
});

const start = (variables: Record<string, string>) => {
  const environment = loadEnvironment({
    NODE_ENV: 'test',
    NATS_URL: nats.url,
    JWT_SECRET: TEST_SECRET,
    ...database.environment,
    ...variables,
  });
  startLogger(environment);
  captureLogs(lines, 'info');
  return createApp(environment);
};

it('an import tells its progress while it runs, not when it is over', async () => {
  const reader = await database.pool.connect();
  await reader.query('BEGIN; LOCK TABLE user_progress IN ACCESS SHARE MODE');
  const starting = start({ ADOPT_EXISTING: 'true' });
  await waitFor(() => lines.some(({ msg }) => msg === 'the original’s table is moved aside'), {
    message: 'the import says nothing while it runs',
  });
  expect(lines.some(({ msg }) => msg === 'adopted')).toBe(false);

  await reader.query('COMMIT');
  reader.release();
  const app = await starting;
  expect(lines.some(({ msg }) => msg === 'adopted')).toBe(true);
  await app.close();
});

it('a start that refuses the original’s table does not call it a lost connection', async () => {
  await expect(start({})).rejects.toThrow(ExistingTableError);
  expect(JSON.stringify(lines)).toContain('ADOPT_EXISTING=true');
  expect(JSON.stringify(lines)).not.toContain('Unable to connect');
});
