import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataSourceOptions } from '../../src/common/database/data-source-options.js';
import { migrate, NewerSchemaError, pendingMigrations } from '../../src/common/database/migrate.js';
import { revertLastMigration } from '../../src/common/database/revert.js';
import { MIGRATIONS } from '../../src/common/database/migrations/index.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_SECRET } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';

const LOCKS = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

let database: TestDatabase;
const dataSources: DataSource[] = [];

async function connected(variables: NodeJS.ProcessEnv = {}): Promise<DataSource> {
  const environment = loadEnvironment({
    NATS_URL: 'nats://unused',
    JWT_SECRET: TEST_SECRET,
    ...database.environment,
    ...variables,
  });
  const dataSource = await new DataSource(dataSourceOptions(environment)).initialize();
  dataSources.push(dataSource);
  return dataSource;
}

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(dataSources.splice(0).map((dataSource) => dataSource.destroy()));
  await database.drop();
});

describe('migrating', () => {
  it('brings an empty database up to date, whoever else tries at the same time', async () => {
    await database.pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const processes = await Promise.all([connected(), connected(), connected()]);
    await Promise.all(processes.map((process) => migrate(process)));
    expect(await pendingMigrations(processes[0])).toBe(false);
    expect((await database.pool.query(LOCKS)).rows).toEqual([]);
  });

  it('does not wait for the lock where nothing is to be done', async () => {
    const other = await database.pool.connect();
    try {
      await other.query('SELECT pg_advisory_lock(7309001)');
      await expect(migrate(await connected())).resolves.toBeUndefined();
    } finally {
      other.release(true);
    }
  });

  it('may take longer than a statement or a lock of a request', async () => {
    await revertLastMigration(await connected(), { force: true, tell: () => {} });
    const other = await database.pool.connect();
    await other.query('BEGIN; LOCK TABLE schema_migration IN EXCLUSIVE MODE');
    const hurried = await connected({ DB_STATEMENT_TIMEOUT_MS: '100', DB_LOCK_TIMEOUT_MS: '10' });
    const ran: string[] = [];
    const migrating = migrate(hurried, undefined, (name) => ran.push(name));
    const waits = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'
      AND datname = current_database() AND query_start < clock_timestamp() - interval '700 ms'`;
    await waitFor(async () => (await database.pool.query(waits)).rowCount === 1, {
      message: 'the migration waits for longer than that',
    });
    await other.query('COMMIT');
    other.release();
    await migrating;
    expect(ran).toEqual([MIGRATIONS.at(-1)!.name]);
  });

  it('refuses a database that a newer version migrated', async () => {
    await database.pool.query(
      `INSERT INTO schema_migration (timestamp, name) VALUES (9, 'FromTheFuture9')`,
    );
    const error = await migrate(await connected()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NewerSchemaError);
    expect(error).toMatchObject({ unknown: ['FromTheFuture9'] });
  });
});
