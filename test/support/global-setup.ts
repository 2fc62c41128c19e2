import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import type { TestProject } from 'vitest/node';
import { ensureNatsServer } from '../../sandbox/servers/nats-binary.ts';
import { startNats } from '../../sandbox/servers/nats.ts';
import { startThrowawayPostgres } from '../../sandbox/servers/postgres.ts';
import { dataSourceOptions } from '../../src/common/database/data-source-options.js';
import { distribute } from '../../src/common/database/distribution/distribute.js';
import { migrate } from '../../src/common/database/migrate.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { ensureChromium } from '../browser/harness/chromium.ts';
import { installPlatform } from '../platform/install.ts';
import { isCitus, makeCluster, onWorkers, runCommands } from './citus.ts';
import { databaseEnvironment, type DatabaseServer } from './database-server.ts';
import { TEST_SECRET } from './tokens.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: DatabaseServer;
    natsUrl: string;
    natsBinary: string;
    /** Path of a Chromium, or an empty text. */
    chromium: string;
  }
}

/**
 * One PostgreSQL and one nats-server for the whole run. The migrations run once, in the database from which each test's
 * own is cloned. Installs the platform's replica if it is missing.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const natsBinary = ensureNatsServer((message) => console.log(message));
  await installPlatform((message) => console.log(message));
  const [postgres, nats] = await Promise.all([
    startDatabaseServer(),
    startNats({ binary: natsBinary }),
  ]);
  await createTemplate(postgres.server);
  project.provide('databaseServer', postgres.server);
  project.provide('natsUrl', nats.url);
  project.provide('natsBinary', natsBinary);
  project.provide(
    'chromium',
    ensureChromium((message) => console.log(message)),
  );
  return async () => {
    await Promise.all([postgres.stop(), nats.stop()]);
  };
}

/**
 * The server that TEST_DB_HOST (TEST_DB_PORT, TEST_DB_USER, TEST_DB_PASSWORD) names; else a server of our own, with the
 * programs in TEST_PG_BIN (`/usr/lib/postgresql/15/bin`) or the embedded PostgreSQL's.
 */
async function startDatabaseServer(): Promise<{ server: DatabaseServer; stop(): Promise<void> }> {
  const prefix = `progress_test_${randomBytes(4).toString('hex')}`;
  const { TEST_DB_HOST, TEST_DB_PORT, TEST_DB_USER, TEST_DB_PASSWORD, TEST_PG_BIN } = process.env;
  if (TEST_DB_HOST) {
    const server = {
      host: TEST_DB_HOST,
      port: Number(TEST_DB_PORT ?? 5432),
      user: TEST_DB_USER ?? 'postgres',
      password: TEST_DB_PASSWORD ?? '',
      prefix,
    };
    return { server, stop: () => dropDatabases(server) };
  }
  const { host, port, user, password, stop } = await startThrowawayPostgres(TEST_PG_BIN);
  return { server: { host, port, user, password, prefix }, stop };
}

async function createTemplate(server: DatabaseServer): Promise<void> {
  const template = `${server.prefix}_template`;
  await runCommands(administration(server), [`CREATE DATABASE ${template}`]);
  if (isCitus) {
    await onWorkers('postgres', [`CREATE DATABASE ${template}`]);
    await makeCluster(server, template);
  }
  const environment = loadEnvironment({
    ...databaseEnvironment(server, template),
    NATS_URL: 'nats://unused',
    JWT_SECRET: TEST_SECRET,
  });
  const dataSource = await new DataSource({
    ...dataSourceOptions(environment),
    applicationName: 'template',
  }).initialize();
  if (isCitus) await distributeTemplate(dataSource, server);
  else await migrate(dataSource);
  await dataSource.destroy();
  if (isCitus) await endSessions(server, template);
}

async function distributeTemplate(dataSource: DataSource, { host, port }: DatabaseServer) {
  const tell = () => undefined;
  await distribute(dataSource, {
    coordinator: { host, port },
    dryRun: false,
    plan: tell,
    done: tell,
  });
}

/** Citus works in each database that it was used in; a template must have no session. */
async function endSessions(server: DatabaseServer, template: string): Promise<void> {
  const commands = [
    `ALTER DATABASE ${template} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${template}'`,
  ];
  await runCommands(administration(server), commands);
  await onWorkers('postgres', commands);
}

async function dropDatabases(server: DatabaseServer): Promise<void> {
  const [found] = await runCommands(administration(server), [
    `SELECT datname FROM pg_database WHERE starts_with(datname, '${server.prefix}')`,
  ]);
  for (const { datname } of found!.rows) {
    await runCommands(administration(server), [`DROP DATABASE ${datname} WITH (FORCE)`]);
    await onWorkers('postgres', [`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`]);
  }
}

const administration = ({ host, port, user, password }: DatabaseServer): pg.ClientConfig => ({
  host,
  port,
  user,
  password,
  database: 'postgres',
});
