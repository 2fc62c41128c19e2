import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { onWorkers, runCommands } from './citus.ts';
import { databaseEnvironment } from './database-server.ts';

export interface TestDatabase {
  readonly name: string;
  /** The service's variables for this database. */
  readonly environment: Partial<NodeJS.ProcessEnv>;
  readonly pool: pg.Pool;
  /** How many statements wait for a lock now, on any of its machines. */
  lockWaiters(): Promise<number>;
  /** Ends the pool and deletes the database, even while others are connected. */
  drop(): Promise<void>;
}

interface DatabaseOptions {
  language?: string;
  empty?: boolean;
  template?: string;
}

/**
 * A migrated, empty database for one test, cloned in some tens of milliseconds.
 * @param options.language for instance `en-US`: a database without tables that sorts as this language does, not by
 *   bytes.
 * @param options.empty a database without tables, which is not distributed
 * @param options.template the database that it is a copy of
 */
export async function createTestDatabase(options: DatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('databaseServer');
  const { host, port, user, password, prefix } = server;
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  // Each worker of Citus has a database of the same name, with its part of the rows.
  const administrate = async (statement: string) => {
    await runCommands({ host, port, user, password, database: 'postgres' }, [statement]);
    await onWorkers('postgres', [statement]);
  };

  await administrate(`CREATE DATABASE ${name} TEMPLATE ${templateFor(options, prefix)}`);
  const pool = new pg.Pool({ host, port, user, password, database: name, max: 10 });
  // Tests end connections on purpose. A pool without an 'error' listener would end this process.
  pool.on('error', () => {});
  return {
    name,
    environment: databaseEnvironment(server, name),
    pool,
    async lockWaiters() {
      const waiting = `SELECT FROM pg_stat_activity WHERE datname = '${name}' AND wait_event_type = 'Lock'`;
      const onCoordinator = await pool.query(waiting);
      const onOthers = await onWorkers('postgres', [waiting]);
      return onOthers.reduce((sum, { rowCount }) => sum + rowCount!, onCoordinator.rowCount!);
    },
    async drop() {
      await pool.end();
      // A worker of Citus in a database that is a moment old may not hear yet that it is to end.
      const drop = () => administrate(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await drop().catch(drop);
    },
  };
}

function templateFor({ language, empty, template }: DatabaseOptions, prefix: string): string {
  if (template) return template;
  if (language) return `template0 LOCALE_PROVIDER icu ICU_LOCALE '${language}' LOCALE 'C'`;
  return empty ? 'template0' : `${prefix}_template`;
}
