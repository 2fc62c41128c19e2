import type { Client } from 'pg';

/**
 * Fills a table with what a SELECT makes. Indexes of other orders than the rows' are made afterwards, and only those that
 * are wanted. A table that is emptied in the same transaction writes no log (`wal_level` minimal).
 * @param keep which indexes beside the primary key; undefined: all
 */
export async function fill(
  client: Client,
  { table, select, keep }: { table: string; select: string; keep?: readonly string[] },
): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename = $1 AND schemaname = 'public' AND indexname <> $1 || '_pkey'`,
    [table],
  );
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  await client.query('BEGIN');
  await client.query(`TRUNCATE ${table}`);
  await client.query(`INSERT INTO ${table} ${select}`);
  await client.query('COMMIT');
  for (const { name, definition } of indexes) {
    if (keep?.includes(name) ?? true) await client.query(definition);
  }
}
