import type { Pool, PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { BoundedClient } from './bounded-client.js';
import { MIGRATIONS_TABLE } from './data-source-options.js';
import { MIGRATIONS } from './migrations/index.js';
import { Session } from './session.js';

/** The id of the advisory lock. Every version of this service must use the same one. */
const MIGRATION_LOCK = 7_309_001;

/** A newer service migrated the database. This version would misread it. */
export class NewerSchemaError extends Error {
  constructor(readonly unknown: readonly string[]) {
    super(`The database's schema is newer than this service knows: ${unknown.join(', ')}`);
    this.name = 'NewerSchemaError';
  }
}

/**
 * Takes over tables of another service whose names collide with ours: before and after the migrations, under their
 * lock.
 */
export interface Takeover {
  /** Whether there is something to take over. Changes nothing. */
  isPending(session: Session): Promise<boolean>;
  beforeMigrations(session: Session): Promise<void>;
  afterMigrations(session: Session): Promise<void>;
}

/**
 * Brings the schema up to date. When several processes start at once, one migrates and the others wait.
 *
 * When there is nothing to do, as at almost every start, no lock is taken: it belongs to a session, and a pooler in
 * transaction mode may give that session to another client before the unlock.
 * @throws NewerSchemaError and changes nothing when the database has a migration that this version does not know.
 */
export async function migrate(dataSource: DataSource, takeover?: Takeover): Promise<void> {
  if ((await isUpToDate(dataSource)) && !(await isPending(dataSource, takeover))) return;
  await underMigrationLock(dataSource, async (runner, session) => {
    await takeover?.beforeMigrations(session);
    if (!(await isUpToDate(runner))) await dataSource.runMigrations();
    await takeover?.afterMigrations(session);
  });
}

/** Reverts the newest migration. */
export async function revertLastMigration(dataSource: DataSource): Promise<void> {
  await underMigrationLock(dataSource, () => dataSource.undoLastMigration());
}

/** Whether every migration that this service knows has run. */
export async function pendingMigrations(dataSource: DataSource): Promise<boolean> {
  return dataSource.showMigrations();
}

/** The statements that would make the database match the entities. Empty unless a migration or an entity is missing. */
export async function schemaDrift(dataSource: DataSource): Promise<string[]> {
  const difference = await dataSource.driver.createSchemaBuilder().log();
  return difference.upQueries.map(({ query }) => query);
}

async function isPending(dataSource: DataSource, takeover: Takeover | undefined): Promise<boolean> {
  if (!takeover) return false;
  const { master } = dataSource.driver as unknown as { master: Pool };
  return takeover.isPending(new Session(master));
}

async function underMigrationLock(
  dataSource: DataSource,
  work: (runner: QueryRunner, session: Session) => Promise<void>,
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  // Migrating a big table, or waiting for another process's migration, may take longer than a request may.
  const connection = (await runner.connect()) as unknown;
  const bounded = connection instanceof BoundedClient ? connection : null;
  const answerWithinMs = bounded?.answerWithinMs ?? 0;
  try {
    if (bounded) bounded.answerWithinMs = 0;
    await runner.query('SET statement_timeout = 0; SET lock_timeout = 0');
    await runner.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
    try {
      await work(runner, new Session(connection as PoolClient));
    } finally {
      await runner.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`);
      await runner.query('RESET statement_timeout; RESET lock_timeout');
    }
  } finally {
    if (bounded) bounded.answerWithinMs = answerWithinMs;
    await runner.release();
  }
}

/** A pool, or one connection of it. */
interface Executor {
  query(statement: string): Promise<unknown>;
}

/** @throws NewerSchemaError */
async function isUpToDate(executor: Executor): Promise<boolean> {
  const ran = await migrationsThatRan(executor);
  const known = MIGRATIONS.map((migration) => migration.name);
  const unknown = ran.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new NewerSchemaError(unknown);
  return known.every((name) => ran.includes(name));
}

async function migrationsThatRan(executor: Executor): Promise<string[]> {
  const [table] = (await executor.query(
    `SELECT to_regclass('${MIGRATIONS_TABLE}') IS NOT NULL AS found`,
  )) as { found: boolean }[];
  if (!table?.found) return [];
  const rows = (await executor.query(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY id`)) as {
    name: string;
  }[];
  return rows.map(({ name }) => name);
}
