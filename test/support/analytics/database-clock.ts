import type { TestDatabase } from '../database.ts';

const CLOCKS = ['now', 'transaction_timestamp', 'statement_timestamp', 'clock_timestamp'];

/**
 * Sets the time of one database, and of everything that its statements call: the service knows no other time of what
 * it stores.
 */
export class DatabaseClock {
  private constructor(private readonly database: TestDatabase) {}

  /** Before a service connects: a connection keeps the clock that it began with. */
  static async install(database: TestDatabase): Promise<DatabaseClock> {
    const client = await database.pool.connect();
    await client.query(`
      CREATE SCHEMA clock;
      CREATE TABLE clock.setting AS SELECT 0::float8 AS ahead, NULL::timestamptz AS stands_at;
      ${CLOCKS.map(
        (name) => `
          CREATE FUNCTION clock.${name}() RETURNS timestamptz STABLE LANGUAGE sql AS $$
            SELECT coalesce(stands_at, pg_catalog.${name}() + ahead * interval '1 second') FROM clock.setting $$;`,
      ).join('')}
      ALTER DATABASE ${database.name} SET search_path = public, clock, pg_catalog`);
    const { rows } = await client.query<{ change: string }>(`
      SELECT format('ALTER TABLE %I ALTER %I SET DEFAULT clock.now()', table_name, column_name) AS change
      FROM information_schema.columns WHERE table_schema = 'public' AND column_default = 'now()'`);
    await client.query(rows.map(({ change }) => change).join(';'));
    client.release(true);
    return new DatabaseClock(database);
  }

  /** From now on it is that time, and goes on. */
  async set(at: Date): Promise<void> {
    await this.database.pool.query(
      `UPDATE clock.setting SET stands_at = NULL,
         ahead = extract(epoch FROM $1::timestamptz - pg_catalog.clock_timestamp())`,
      [at],
    );
  }

  async read(): Promise<Date> {
    const { rows } = await this.database.pool.query<{ now: Date }>('SELECT clock.now() AS now');
    return rows[0]!.now;
  }

  /** It is that time, and stays so. */
  async stop(at: Date): Promise<void> {
    await this.database.pool.query('UPDATE clock.setting SET stands_at = $1', [at]);
  }
}
