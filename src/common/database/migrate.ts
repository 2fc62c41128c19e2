import type { Pool } from 'pg';
import { MigrationExecutor, type DataSource } from 'typeorm';
import { MIGRATIONS_TABLE } from './data-source-options.js';
import { underMigrationLock, type Executor } from './migration-lock.js';
import { MIGRATIONS } from './migrations/index.js';
import { Session } from './session.js';

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
 * @param tell called with the name of each migration that ran, also when a later one failed
 * @throws NewerSchemaError and changes nothing when the database has a migration that this version does not know.
 */
export async function migrate(
  dataSource: DataSource,
  takeover?: Takeover,
  tell: (migration: string) => void = () => {},
): Promise<void> {
  if ((await isUpToDate(dataSource)) && !(await isPending(dataSource, takeover))) return;
  await underMigrationLock(dataSource, async (runner, session) => {
    await takeover?.beforeMigrations(session);
    const before = await knownMigrations(runner);
    // Over the runner's connection: TypeORM's own way opens another one, with the time limits of requests.
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    try {
      if (before.length < MIGRATIONS.length) await executor.executePendingMigrations();
    } finally {
      const ran = await migrationsThatRan(runner);
      for (const name of ran) if (!before.includes(name)) tell(name);
    }
    await takeover?.afterMigrations(session);
  });
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

async function isUpToDate(executor: Executor): Promise<boolean> {
  return (await knownMigrations(executor)).length === MIGRATIONS.length;
}

/** The migrations that ran, oldest first. @throws NewerSchemaError when one of them is not known */
export async function knownMigrations(executor: Executor): Promise<string[]> {
  const ran = await migrationsThatRan(executor);
  const known = MIGRATIONS.map((migration) => migration.name);
  const unknown = ran.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new NewerSchemaError(unknown);
  return ran;
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
