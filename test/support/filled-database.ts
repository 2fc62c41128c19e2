import pg from 'pg';
import { inject } from 'vitest';
import { createTestDatabase, type TestDatabase } from './database.ts';

/**
 * A copy of a database that is filled once in this run: by the first spec that asks for it, while others wait.
 * @param name the same for the same content
 * @param fill must leave no connection open, except in the pool that it is given
 */
export async function databaseFilledOnce(
  name: string,
  fill: (database: TestDatabase) => Promise<void>,
): Promise<TestDatabase> {
  const { host, port, user, password, prefix } = inject('databaseServer');
  const template = `${prefix}_${name}`;
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  try {
    // Until the connection ends.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount === 0) {
      const database = await createTestDatabase();
      await fill(database);
      await database.pool.end();
      // It has this name only when it is full.
      await client.query(`ALTER DATABASE ${database.name} RENAME TO ${template}`);
    }
  } finally {
    await client.end();
  }
  return createTestDatabase({ template });
}
