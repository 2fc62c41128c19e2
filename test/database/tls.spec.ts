import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataSourceOptions } from '../../src/common/database/data-source-options.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_SECRET } from '../support/tokens.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it.each([{ DB_SSL: 'true' }, { PGSSLMODE: 'require' }, { PGSSLMODE: 'verify-full' }])(
  'a server without TLS is not used where TLS is asked for: %o',
  async (variables) => {
    const environment = loadEnvironment({
      NATS_URL: 'nats://unused',
      JWT_SECRET: TEST_SECRET,
      ...database.environment,
      ...variables,
    });
    const connecting = new DataSource(dataSourceOptions(environment)).initialize();
    await expect(connecting).rejects.toThrow('The server does not support SSL connections');
  },
);
