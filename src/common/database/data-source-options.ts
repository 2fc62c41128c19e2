import type { PoolConfig } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { Environment } from '../../config/environment.js';
import { BoundedClient, type BoundedClientConfig } from './bounded-client.js';
import { MIGRATIONS } from './migrations/index.js';
import { timestampTypes } from './timestamps.js';

export const MIGRATIONS_TABLE = 'schema_migration';

/** The server gives a statement up first, where it can still say so; then we do. */
const ANSWER_GRACE_MS = 500;

/**
 * TypeORM's options. Every limit that a stuck peer or lock could otherwise turn into a stuck service is set:
 * connecting, a statement, waiting for a lock, an idle transaction, and (client side, for a connection that
 * went silent) the answer itself.
 */
export function dataSourceOptions(
  environment: Environment,
): Extract<DataSourceOptions, { type: 'postgres' }> {
  const pool: PoolConfig & BoundedClientConfig = {
    Client: BoundedClient,
    types: timestampTypes,
    // Statements that do not wait for each other's rows are sent together (`ProgressWriteProxy.lock`).
    pipeline: true,
    answerWithinMs: environment.DB_STATEMENT_TIMEOUT_MS + ANSWER_GRACE_MS,
    // To open a connection takes longer than to wait for one that is busy: half of them stay.
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
    ssl: environment.DB_SSL,
    applicationName: 'user-progress',
    poolSize: environment.DB_POOL_SIZE,
    connectTimeoutMS: environment.DB_CONNECT_TIMEOUT_MS,
    extra: pool,
    installExtensions: false,
    // Ids default to gen_random_uuid(), which needs no extension: that is what this choice means to TypeORM.
    uuidExtension: 'pgcrypto',
    synchronize: false,
    migrations: MIGRATIONS,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each',
  };
}
