import pg from 'pg';

type Database = Pick<pg.Client, 'query'>;

/** A history that is still to be stored, or in part. */
export interface Plan {
  /** When it ends. It stays what it was at the first start: the rest of a history must fit what is there. */
  endsAt: Date;
  /** How many of `PAST_LEARNERS` are stored. */
  learnersDone: number;
}

/**
 * Plans a history for a database without records, before anybody can make one. The plan is kept in the database itself,
 * and each part of the history is stored together with it: so none is stored twice, however often that is interrupted.
 * @returns null when the history is stored, or when the database was used without one
 */
export async function planHistory(database: Database): Promise<Plan | null> {
  const { rows } = await database.query<{ planned: boolean; migrated: boolean }>(
    `SELECT to_regclass('sandbox.history') IS NOT NULL AS planned,
            to_regclass('public.user_progress') IS NOT NULL AS migrated`,
  );
  const { planned, migrated } = rows[0]!;
  if (!planned) {
    if (migrated && (await hasRecords(database))) return null;
    await database.query(CREATE);
  }
  const unfinished = await database.query<Plan>(
    `SELECT ends_at AS "endsAt", learners_done AS "learnersDone"
     FROM sandbox.history WHERE finished_at IS NULL`,
  );
  return unfinished.rows[0] ?? null;
}

/** The same, with a connection of its own. */
export async function planFor(connection: pg.ClientConfig): Promise<Plan | null> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await planHistory(client);
  } finally {
    await client.end();
  }
}

/** Several statements of one query are one transaction. */
const CREATE = `
  CREATE SCHEMA IF NOT EXISTS sandbox;
  CREATE TABLE sandbox.history (
    ends_at timestamptz NOT NULL, learners_done integer NOT NULL DEFAULT 0, finished_at timestamptz);
  INSERT INTO sandbox.history (ends_at) VALUES (date_trunc('second', now()))`;

async function hasRecords(database: Database): Promise<boolean> {
  const { rowCount } = await database.query('SELECT FROM user_progress LIMIT 1');
  return rowCount! > 0;
}

export async function finishHistory(database: Database): Promise<void> {
  await database.query('UPDATE sandbox.history SET finished_at = now()');
}
