import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/common/database/data-source-options.js';
import { distribute, NoCitusError } from '../../src/common/database/distribution/distribute.js';
import {
  COORDINATOR_TABLES,
  FOREIGN_KEYS,
  KEYS,
  LEARNERS_TABLES,
  REFERENCE_TABLES,
} from '../../src/common/database/distribution/tables.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_SECRET } from '../support/tokens.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const query = async (sql: string): Promise<any[]> => (await database.pool.query(sql)).rows;

it('a table is not forgotten when the database is distributed', async () => {
  const tables = await query(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  expect(tables.map(({ name }) => name).sort()).toEqual(
    [...LEARNERS_TABLES, ...REFERENCE_TABLES, ...COORDINATOR_TABLES].sort(),
  );
});

/** Tables with users' ids that stay on the coordinator. */
const OWN_MEMORY = ['erased_user'];
const FOLDED = ['analytics_learner', 'learner_day'];

it('a learner’s rows are all distributed: every table with users’ ids is, except the service’s own memory', async () => {
  const tables = await query(
    `SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'user_id' AND table_schema = 'public'`,
  );
  expect(tables.map(({ name }) => name).sort()).toEqual(
    [...LEARNERS_TABLES, ...OWN_MEMORY, ...FOLDED].sort(),
  );
});

it('every key of a distributed table has the learner in it, or is changed to have it', async () => {
  const keys = await query(
    `SELECT i.relname AS name FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
     WHERE x.indisunique AND x.indrelid = ANY (ARRAY[${LEARNERS_TABLES.map((table) => `'${table}'`).join(', ')}]::regclass[])
       AND NOT EXISTS (
         SELECT FROM pg_attribute a WHERE a.attrelid = x.indrelid AND a.attname = 'user_id' AND a.attnum = ANY (x.indkey))`,
  );
  expect(keys.map(({ name }) => name).sort()).toEqual(KEYS.map(({ key }) => key).sort());
});

it('every foreign key stays on one kind of table, or is dropped', async () => {
  const kept = await query(
    `SELECT conname AS name, conrelid::regclass::text AS table FROM pg_constraint WHERE contype = 'f'`,
  );
  const crossing = kept.filter(
    ({ table }) => !(REFERENCE_TABLES as readonly string[]).includes(table),
  );
  expect(crossing.map(({ name }) => name).sort()).toEqual(
    FOREIGN_KEYS.map(({ key }) => key).sort(),
  );
});

it('PostgreSQL without Citus is refused by a message that says what to do, and nothing is changed', async () => {
  const environment = loadEnvironment({
    ...database.environment,
    NATS_URL: 'nats://unused',
    JWT_SECRET: TEST_SECRET,
  });
  const dataSource = await new DataSource(dataSourceOptions(environment)).initialize();
  const told: string[] = [];
  const tell = () => told.push('told');
  try {
    const refused = distribute(dataSource, {
      coordinator: { host: 'unused', port: 1 },
      dryRun: false,
      plan: tell,
      done: tell,
    });
    await expect(refused).rejects.toThrow(NoCitusError);
    await expect(refused).rejects.toThrow(/nothing was changed.*shared_preload_libraries/s);
  } finally {
    await dataSource.destroy();
  }
  expect(told).toEqual([]);
});
