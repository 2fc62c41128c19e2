import type { PoolConfig } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { Environment } from '../../config/environment.js';
import { ANSWER_GRACE_MS, BoundedClient, type BoundedClientConfig } from './bounded-client.js';
import { MIGRATIONS } from './migrations/index.js';
import { timestampTypes } from './timestamps.js';
import { tlsOptions } from './tls-options.js';

export const MIGRATIONS_TABLE = 'schema_migration';

/**
 * What PostgreSQL calls the service's sessions. The number is that of what all processes must do alike: since 2, changes
 * are journalled for analytics. So a session tells which processes do not.
 */
export const APPLICATION_NAME = 'user-progress 2';
/** What it calls the sessions of versions before: their changes are not journalled. */
export const FORMER_APPLICATION_NAME = 'user-progress';

/**
 * TypeORM's options. Every wait has a limit, so that a stuck peer or lock does not block the service: connecting, a
 * statement, a lock, an idle transaction, and the answer itself (client side, for a connection that is half open).
 */
export function dataSourceOptions(
  environment: Environment,
): Extract<DataSourceOptions, { type: 'postgres' }> {
  const pool: PoolConfig & BoundedClientConfig = {
    Client: BoundedClient,
    types: timestampTypes,
    // Sends statements that do not depend on each other together (`ProgressWriteProxy.lock`).
    pipeline: true,
    prepares: environment.DB_PREPARED_STATEMENTS,
    answerWithinMs: environment.DB_STATEMENT_TIMEOUT_MS + ANSWER_GRACE_MS,
    // Opening a connection takes longer than waiting for a busy one, so half of them stay open.
    min: Math.ceil(environment.DB_POOL_SIZE / 2),
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: environment.DB_STATEMENT_TIMEOUT_MS,
    lock_timeout: environment.DB_LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: environment.DB_STATEMENT_TIMEOUT_MS,
  };
  return {
    type: 'postgres',
    host: environment.DB_HOST,
    port: environment.DB_PORT,
    username: environment.POSTGRES_USER,
    password: environment.POSTGRES_PASSWORD,
    database: environment.DB_NAME_USER_PROGRESS,
    ssl: environment.DB_SSL && tlsOptions(environment),
    applicationName: APPLICATION_NAME,
    poolSize: environment.DB_POOL_SIZE,
    connectTimeoutMS: environment.DB_CONNECT_TIMEOUT_MS,
    extra: pool,
    installExtensions: false,
    // Makes TypeORM use gen_random_uuid() as the default of ids. No extension is needed.
    uuidExtension: 'pgcrypto',
    synchronize: false,
    migrations: MIGRATIONS,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
  };
}
