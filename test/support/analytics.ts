import type pg from 'pg';

interface HeldFigures {
  /** Up to when everything is folded: one move of this time waits. */
  asOf: string;
  since?: string;
  timeZone?: string;
  /** False: the figures were never built from the records. */
  built?: boolean;
}

/** Says that the figures of an empty database are built: there is nothing to build them from. */
export async function markFiguresBuilt(pool: pg.Pool): Promise<void> {
  await pool.query(
    `INSERT INTO analytics_state (time_zone, since, built_at) VALUES ('UTC', now(), now())
     ON CONFLICT (is_only) DO UPDATE SET built_at = coalesce(analytics_state.built_at, now())`,
  );
}

/**
 * Holds the figures as they are: whoever folds moves locks their state first, and cannot while this test has it.
 * @returns lets go of them
 */
export async function holdFigures(
  pool: pg.Pool,
  { asOf, since = '2026-03-01T12:00:00Z', timeZone = 'UTC', built = true }: HeldFigures,
): Promise<() => Promise<void>> {
  await pool.query(
    `INSERT INTO analytics_state (time_zone, since, built_at)
     VALUES ($1, $2, CASE WHEN $3 THEN now() END)
     ON CONFLICT (is_only) DO UPDATE
       SET time_zone = EXCLUDED.time_zone, since = EXCLUDED.since, built_at = EXCLUDED.built_at`,
    [timeZone, since, built],
  );
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('SELECT FROM analytics_state FOR UPDATE');
  await pool.query(`INSERT INTO analytics_journal (user_id, at, moves) VALUES ('', $1, '[]')`, [
    asOf,
  ]);
  return async () => {
    await client.query('ROLLBACK');
    client.release();
  };
}
