import type { Client } from 'pg';
import type { Database } from '../servers/postgres.ts';
import { createDatabase } from '../data-set/template.ts';
import {
  CERTIFICATES_SQL,
  COURSES_SQL,
  PAIRS_SQL,
  RECORDS_SQL,
  ROLLUPS_SQL,
} from './base-tables.ts';
import { FOLDED_SQL } from './folded-tables.ts';
import { learnersOf, otherPairsOf, userId } from './shape.ts';

/** Only scanned, so that their rows need not be in the log. */
const BASE = ['user_progress', 'course_progress', 'certificate'];
/** Filled by triggers of the folded tables. */
const TOTALS = ['analytics_course', 'analytics_open_lesson', 'analytics_week', 'analytics_quarter'];
/** Learners whose activity is asked for. */
export const ASKED_LEARNERS = 1_000;

/**
 * Makes a database with records, rollups and certificates, and the folded tables that belong to them. Of the records'
 * indexes it has those that the scans need, as narrow as these need them: so 50 million records take about 15 GB.
 * @param hasRecords false leaves the records away, which no query of analytics reads: only scans do
 */
export async function loadAnalytics(
  server: Database,
  name: string,
  rows: number,
  say: (step: string) => void,
  hasRecords = true,
): Promise<void> {
  await createDatabase(server, name);
  const [one, other] = await Promise.all([server.connect(name), server.connect(name)]);
  try {
    for (const client of [one, other]) {
      await client.query(
        `SET work_mem = '512MB'; SET maintenance_work_mem = '512MB'; SET timezone = 'UTC'; SET jit = off`,
      );
    }
    await one.query(COURSES_SQL);
    await one.query(
      PAIRS_SQL.replaceAll('$1', String(learnersOf(rows))).replaceAll(
        '$2',
        String(otherPairsOf(rows)),
      ),
    );
    await one.query('ANALYZE pair');
    await Promise.all([loadBase(one, say, hasRecords), loadFolded(other, say)]);
    await one.query('DROP TABLE pair');
  } finally {
    await Promise.all([one.end(), other.end()]);
  }
}

async function loadBase(
  client: Client,
  say: (step: string) => void,
  hasRecords: boolean,
): Promise<void> {
  for (const table of BASE) await client.query(`ALTER TABLE ${table} SET UNLOGGED`);
  if (hasRecords) await loadRecords(client, say);
  await withIndexesAfter(client, 'course_progress', () => client.query(ROLLUPS_SQL));
  await withIndexesAfter(client, 'certificate', () => client.query(CERTIFICATES_SQL));
  await client.query('VACUUM (ANALYZE) course_progress, certificate');
  say('rollups written');
}

async function loadRecords(client: Client, say: (step: string) => void): Promise<void> {
  await withoutIndexes(client, 'user_progress', async () => {
    for (const sql of RECORDS_SQL) await client.query(sql);
  });
  say('records written');
  await client.query(`CREATE INDEX scan_course ON user_progress (course_id)`);
  await client.query(`
    CREATE INDEX scan_user ON user_progress (user_id) WHERE user_id < '${userId(ASKED_LEARNERS)}'`);
  say('records indexed');
  await client.query('ANALYZE user_progress');
}

async function loadFolded(client: Client, say: (step: string) => void): Promise<void> {
  for (const [table, sql] of Object.entries(FOLDED_SQL)) {
    await withIndexesAfter(client, table, () => client.query(sql));
    say(`${table} written`);
  }
  const tables = [...Object.keys(FOLDED_SQL), ...TOTALS, 'course', 'course_lesson'];
  await client.query(`VACUUM (ANALYZE) ${tables.join(', ')}`);
}

/** Creates the indexes after the rows: ten times faster than row by row. */
async function withIndexesAfter(
  client: Client,
  table: string,
  fill: () => Promise<unknown>,
): Promise<void> {
  for (const definition of await withoutIndexes(client, table, fill))
    await client.query(definition);
}

/** @returns statements that create the indexes again */
async function withoutIndexes(
  client: Client,
  table: string,
  fill: () => Promise<unknown>,
): Promise<string[]> {
  const { rows: keys } = await client.query<{ name: string; definition: string }>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE conrelid = $1::regclass AND contype = 'p'`,
    [table],
  );
  for (const { name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = $1 AND schemaname = 'public'`,
    [table],
  );
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  await fill();
  return [
    ...keys.map(
      ({ name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`,
    ),
    ...indexes.map(({ definition }) => definition),
  ];
}
