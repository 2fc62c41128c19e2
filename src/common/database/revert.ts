import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { knownMigrations } from './migrate.js';
import { underMigrationLock } from './migration-lock.js';
import { MIGRATIONS } from './migrations/index.js';

/** What reverting a migration drops. */
export interface Loss {
  /** A table, or a column as `table.column`. */
  name: string;
  /** Rows of the table; values of the column that are not its default. */
  count: number;
}

export interface RevertOptions {
  /** Whether data may be dropped. */
  force: boolean;
  /** Called before anything is changed. */
  tell: (migration: string, losses: Loss[]) => void;
}

interface Column {
  table: string;
  column: string;
  default: string;
}

/** Every column of our tables. A column without a default has the default null. */
const COLUMNS = `
  SELECT c.relname AS "table", a.attname AS "column", coalesce(pg_get_expr(d.adbin, d.adrelid), 'NULL') AS "default"
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
  WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
  ORDER BY c.relname, a.attnum`;

/**
 * Reverts the newest migration.
 * @returns `refused`, and changes nothing, when that drops data and `force` is not set
 */
export async function revertLastMigration(
  dataSource: DataSource,
  { force, tell }: RevertOptions,
): Promise<'reverted' | 'refused' | 'nothing'> {
  return underMigrationLock(dataSource, async (runner) => {
    const migration = (await knownMigrations(runner)).at(-1);
    if (migration === undefined) return 'nothing';
    const losses = await lossesOf(runner, migration);
    tell(migration, losses);
    if (!force && losses.some(({ count }) => count > 0)) return 'refused';
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    await executor.undoLastMigration();
    return 'reverted';
  });
}

/** Tries the migration's `down` in a transaction that is rolled back, and looks at what is gone. */
async function lossesOf(runner: QueryRunner, name: string): Promise<Loss[]> {
  const migration = MIGRATIONS.find((known) => known.name === name)!;
  const before = (await runner.query(COLUMNS)) as Column[];
  await runner.startTransaction();
  let after: Column[];
  try {
    await new migration().down(runner);
    after = (await runner.query(COLUMNS)) as Column[];
  } finally {
    await runner.rollbackTransaction();
  }
  const tables = new Set(after.map(({ table }) => table));
  const columns = new Set(after.map(nameOf));
  const losses: Loss[] = [];
  for (const table of new Set(before.map((column) => column.table))) {
    if (!tables.has(table)) losses.push({ name: table, count: await count(runner, table, 'true') });
  }
  for (const column of before.filter((each) => tables.has(each.table))) {
    if (columns.has(nameOf(column))) continue;
    const isTold = `"${column.column}" IS DISTINCT FROM ${column.default}`;
    losses.push({ name: nameOf(column), count: await count(runner, column.table, isTold) });
  }
  return losses;
}

const nameOf = ({ table, column }: Column): string => `${table}.${column}`;

async function count(runner: QueryRunner, table: string, condition: string): Promise<number> {
  const [row] = (await runner.query(
    `SELECT count(*)::int AS count FROM "${table}" WHERE ${condition}`,
  )) as { count: number }[];
  return row!.count;
}
