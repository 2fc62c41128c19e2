import pg from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresServer } from '../../../sandbox/servers/postgres.ts';

/** With `TEST_CITUS=true` the stage's server, which TEST_PG_BIN must have, is the coordinator of Citus. */
export const isCitus = process.env['TEST_CITUS'] === 'true';

export const CITUS_SETTINGS = {
  shared_preload_libraries: 'citus',
  wal_level: 'logical',
  max_prepared_transactions: '100',
};

interface Node {
  host: string;
  port: number;
}

/** Running servers with Citus that accept the stage's users without a password: `host:port`, separated by commas. */
const WORKERS: Node[] = (process.env['TEST_CITUS_WORKERS'] ?? '')
  .split(',')
  .filter((address) => address !== '')
  .map((address) => {
    const [host, port] = address.split(':');
    return { host: host!, port: Number(port) };
  });

/** Makes the database a distributed one, over the workers, or over the coordinator where there is none. */
export async function distributeOver(
  { host, port, user, password }: PostgresServer,
  role: { name: string; password: string },
  database: string,
): Promise<void> {
  for (const worker of WORKERS) await prepareWorker(worker, user, role.name, database);
  const address = { host, port, user, password, database };
  await run(address, [
    `ALTER ROLE ${role.name} SUPERUSER`,
    'CREATE EXTENSION citus',
    `INSERT INTO pg_dist_authinfo VALUES (0, '${role.name}', 'password=${role.password}'), (0, '${user}', 'password=${password}')`,
    `SELECT citus_set_coordinator_host('${host}', ${port})`,
    ...WORKERS.map((worker) => `SELECT citus_add_node('${worker.host}', ${worker.port})`),
    'SET citus.shard_count = 8',
    `ALTER DATABASE ${database} SET citus.shard_count = 8`,
  ]);
  await distributeAs({ ...address, user: role.name, password: role.password });
}

/** A server that was started again has another port. */
export const registerAgain = (pool: pg.Pool, { host, port }: Node): Promise<unknown> =>
  pool.query(`SELECT citus_set_coordinator_host('${host}', ${port})`);

async function prepareWorker(
  { host, port }: Node,
  user: string,
  role: string,
  database: string,
): Promise<void> {
  const address = { host, port, user: 'postgres', database: 'postgres' };
  const roles = [user, role].map(
    (name) =>
      `DO $$ BEGIN CREATE ROLE ${name} LOGIN SUPERUSER; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
  );
  await run(address, roles);
  await run(address, [`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`]);
  await run(address, [`CREATE DATABASE ${database}`]);
  await run({ ...address, database }, ['CREATE EXTENSION citus']);
}

async function distributeAs(address: pg.ClientConfig & { user: string }): Promise<void> {
  const built = '../../../dist/common/database';
  const { distribute } = (await import(
    `${built}/distribution/distribute.js`
  )) as typeof import('../../../src/common/database/distribution/distribute.js');
  const { MIGRATIONS } = (await import(
    `${built}/migrations/index.js`
  )) as typeof import('../../../src/common/database/migrations/index.js');
  const dataSource = await new DataSource({
    type: 'postgres',
    host: address.host!,
    port: address.port!,
    username: address.user,
    password: address.password as string,
    database: address.database!,
    applicationName: 'stage',
    installExtensions: false,
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migration',
  }).initialize();
  const tell = () => undefined;
  const coordinator = { host: address.host!, port: address.port! };
  await distribute(dataSource, { coordinator, dryRun: false, plan: tell, done: tell });
  await dataSource.destroy();
}

async function run(address: pg.ClientConfig, commands: readonly string[]): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    for (const command of commands) await client.query(command);
  } finally {
    await client.end();
  }
}
