import type { Arena, Entrant } from './arena.ts';
import type { Audit } from './results.ts';

/** Counts learners whose rollup is not the sum of their records, and reads the totals. */
const TOTALS = `
  SELECT (SELECT sum(watch_time_seconds) FROM user_progress)::float8 AS records,
         (SELECT sum(watch_time_seconds) FROM course_progress)::float8 AS rollups,
         (SELECT count(*) FROM course_progress p
          FULL JOIN (SELECT user_id, course_id, count(*) AS started,
                            count(*) FILTER (WHERE completed) AS completed,
                            sum(watch_time_seconds) AS seconds
                     FROM user_progress WHERE deleted_at IS NULL GROUP BY user_id, course_id) s
          USING (user_id, course_id)
          WHERE (p.lessons_started, p.lessons_completed, p.watch_time_seconds)
                IS DISTINCT FROM (s.started::int, s.completed::int, s.seconds::bigint))::int AS different`;

const HOT = `
  SELECT relname AS name, n_tup_hot_upd::float8 / n_tup_upd AS share
  FROM pg_stat_user_tables
  WHERE n_tup_upd > 0 AND relname IN ('user_progress', 'course_progress', 'watch_session', 'watch_clock')
  ORDER BY relname DESC`;

interface Totals {
  records: number;
  rollups: number;
  different: number;
}

/** The watch time of all records before the load, in seconds. */
export async function initialSeconds(arena: Arena, template: string): Promise<number> {
  return (await query<Totals>(arena, template, TOTALS))[0]!.records;
}

/** Compares a contender's database with what was acknowledged, and its rollups with its records. */
export async function audit(arena: Arena, entrant: Entrant, secondsBefore: number): Promise<Audit> {
  const acknowledged = await arena.acknowledged(entrant);
  const [totals] = await query<Totals>(arena, entrant.database, TOTALS);
  const hot = await query<{ name: string; share: number }>(arena, entrant.database, HOT);
  const differences: string[] = [];
  const stored = totals!.records - secondsBefore;
  if (stored !== acknowledged) {
    differences.push(`${acknowledged} seconds were acknowledged, ${stored} are stored`);
  }
  if (entrant.contender.keepsRollups && totals!.different > 0) {
    differences.push(`${totals!.different} rollups are not the sum of their records`);
  }
  return {
    contender: entrant.name,
    hot: Object.fromEntries(hot.map(({ name, share }) => [name, share])),
    differences,
  };
}

async function query<Row extends object>(
  arena: Arena,
  database: string,
  statement: string,
): Promise<Row[]> {
  const client = await arena.database.connect(database);
  try {
    return (await client.query(statement)).rows as Row[];
  } finally {
    await client.end();
  }
}
