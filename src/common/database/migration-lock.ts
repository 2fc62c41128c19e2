import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { BoundedClient } from './bounded-client.js';
import { Session } from './session.js';

/** The id of the advisory lock. Every version of this service must use the same one. */
const MIGRATION_LOCK = 7_309_001;

/**
 * Runs work over one connection that holds the lock of the migrations, without the time limits of requests: migrating a
 * big table, or waiting for another process's migration, may take longer than a request may.
 */
export async function underMigrationLock<Result>(
  dataSource: DataSource,
  work: (runner: QueryRunner, session: Session) => Promise<Result>,
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  const connection = (await runner.connect()) as unknown;
  const bounded = connection instanceof BoundedClient ? connection : null;
  const answerWithinMs = bounded?.answerWithinMs ?? 0;
  try {
    if (bounded) bounded.answerWithinMs = 0;
    await runner.query('SET statement_timeout = 0; SET lock_timeout = 0');
    await runner.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
    try {
      return await work(runner, new Session(connection as PoolClient));
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
export interface Executor {
  query(statement: string): Promise<unknown>;
}
