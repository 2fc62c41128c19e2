import type pg from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresServer } from '../../../sandbox/servers/postgres.ts';
import {
  CITUS_WORKERS,
  makeCluster,
  onWorkers,
  runCommands,
  type Node,
} from '../../support/citus.ts';

/** The stage's server, which TEST_PG_BIN must have, is the coordinator of Citus. */
export const CITUS_SETTINGS = {
  shared_preload_libraries: 'citus',
  wal_level: 'logical',
  max_prepared_transactions: '100',
};

/** Makes the database a distributed one, over the workers, or over the coordinator where there is none. */
export async function distributeOver(
  server: PostgresServer,
  role: { user: string; password: string },
  database: string,
): Promise<void> {
  await prepareWorkers([server.user, role.user], database);
  await makeCluster(server, database, [role]);
  const { host, port, user, password } = server;
  await runCommands({ host, port, user, password, database }, [
    `ALTER ROLE ${role.user} SUPERUSER`,
  ]);
  await distributeAs({ host, port, ...role, database });
}

/** A server that was started again has another port. */
export const registerAgain = (pool: pg.Pool, { host, port }: Node): Promise<unknown> =>
  pool.query(`SELECT citus_set_coordinator_host('${host}', ${port})`);

async function prepareWorkers(roles: readonly string[], database: string): Promise<void> {
  await forgetPrepared(database);
  await onWorkers('postgres', [
    ...roles.map(
      (name) =>
        `DO $$ BEGIN CREATE ROLE ${name} LOGIN SUPERUSER; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    ),
    `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`,
    `CREATE DATABASE ${database}`,
  ]);
}

/** A coordinator that was killed leaves prepared transactions, with which a database cannot be dropped. */
async function forgetPrepared(database: string): Promise<void> {
  for (const worker of CITUS_WORKERS) {
    const address = { ...worker, user: 'postgres' };
    const [prepared] = await runCommands({ ...address, database: 'postgres' }, [
      `SELECT gid FROM pg_prepared_xacts WHERE database = '${database}'`,
    ]);
    const rollbacks = prepared!.rows.map(({ gid }) => `ROLLBACK PREPARED '${gid}'`);
    if (rollbacks.length > 0) await runCommands({ ...address, database }, rollbacks);
  }
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
