import type { Client } from 'pg';
import type { AnalyticsSize } from './results.ts';

/** What is on disk, indexes included; numbers of rows are those that PostgreSQL keeps for its plans. */
export async function sizeOf(client: Client): Promise<Pick<AnalyticsSize, 'bytes' | 'tables'>> {
  const { rows } = await client.query<{ name: string; rows: number; bytes: number }>(`
    SELECT relname AS name, reltuples::float8 AS rows, pg_total_relation_size(oid)::float8 AS bytes
    FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 0
      AND (relname LIKE 'analytics%' OR relname IN ('user_progress', 'course_progress', 'certificate', 'learner_day'))
    ORDER BY bytes DESC`);
  const total = await client.query<{ bytes: number }>(
    `SELECT pg_database_size(current_database())::float8 AS bytes`,
  );
  return { bytes: total.rows[0]!.bytes, tables: rows };
}
