import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { Arena } from '../arena.ts';
import { us } from '../contenders/us.ts';
import { runCommand, THIS_BUILD } from '../data-set/template.ts';
import { processorSeconds } from '../servers/processor-time.ts';
import type { ServerProcess } from '../servers/server-process.ts';
import { ask, askOnce, type Effort } from './ask.ts';
import { QUESTIONS, type Question } from './documents.ts';
import type { Options } from '../options.ts';
import {
  fold,
  FOLDING_ROUNDS,
  sustain,
  type Costs,
  type Folded,
  type Sustained,
} from './folding.ts';
import { loadAnalytics } from './load.ts';
import {
  leastOf,
  type AnalyticsSize,
  type Asking,
  type AskedQuery,
  type Scanned,
} from './results.ts';
import { SCANS } from './scans.ts';
import { learnersOf } from './shape.ts';

/** At this size, a recount must confirm the folded tables. */
const CHECKED_ROWS = 100_000;
/** Of disk, for each record: with what belongs to it, and PostgreSQL's log; and without the record itself. */
const BYTES_A_ROW = 600;
const BYTES_WITHOUT_RECORD = 250;
const ROUNDS = 3;

/** What is measured: everything, or only folding, or only the queries, as their targets are said: over one connection. */
interface Extent {
  /** Empty: no query is asked. */
  connections: readonly number[];
  effort: Effort;
  /** Records are read by scans only, and by the recount that folding is checked with. */
  hasRecords: boolean;
  isFolded: boolean;
}

const EVERYTHING: Extent = {
  connections: [1, 32],
  effort: { seconds: 1, requests: 100 },
  hasRecords: true,
  isFolded: true,
};
const QUERIES: Extent = {
  connections: [1],
  effort: { seconds: 3, requests: 200 },
  hasRecords: false,
  isFolded: false,
};
const FOLDING: Extent = { ...QUERIES, connections: [], isFolded: true };
const SCAN_LIMIT_MS = 30_000;
/** A scan that takes longer than this is not repeated. */
const LONG_SCAN_MS = 5_000;

interface Stage {
  rows: number;
  client: Client;
  server: ServerProcess;
  costs: Costs;
}

/** What analytics' queries cost at several numbers of records, beside scans of these; and what folding costs. */
export async function analytics(
  arena: Arena,
  { analytics: sizes, queriesOnly, foldingOnly }: Options,
  say: (text: string) => void,
): Promise<AnalyticsSize[]> {
  const extent = queriesOnly ? QUERIES : foldingOnly ? FOLDING : EVERYTHING;
  const questions = extent.connections.length > 0 ? QUESTIONS : [];
  await settle(arena, sizes, extent);
  await confirm(arena, say);
  const stages: Stage[] = [];
  await Promise.all(sizes.map((rows) => load(arena, rows, extent, say)));
  for (const rows of sizes) stages.push(await open(arena, rows));

  const rounds = new Map<string, Asking[]>();
  for (const question of questions) {
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const stage of stages) {
        const key = `${stage.rows} ${question.name}`;
        const asked = await askAll(arena, stage, question, extent);
        rounds.set(key, [...(rounds.get(key) ?? []), ...asked]);
        const p50 = asked.map((one) => one.p50.toFixed(1)).join(' and ');
        say(`${question.name} ${round}/${ROUNDS} at ${stage.rows} records: p50 ${p50} ms`);
      }
    }
  }

  const results: AnalyticsSize[] = [];
  for (const stage of stages) {
    const queries: AskedQuery[] = [];
    for (const question of questions) {
      const all = rounds.get(`${stage.rows} ${question.name}`)!;
      const scanned = extent.hasRecords ? await scan(arena, stage, question) : null;
      if (scanned) {
        const milliseconds = Math.round(scanned.milliseconds);
        say(`${question.name} by a scan of ${stage.rows} records: ${milliseconds} ms`);
      }
      queries.push({ name: question.name, askings: leastOf(all), rounds: all, scanned });
    }
    const { rows } = stage;
    const learners = learnersOf(rows);
    const tables = await sizesOf(stage.client);
    const folding = extent.isFolded ? await foldAll(stage, say) : [];
    const sustained = extent.isFolded ? await sustainAll(stage, say) : [];
    results.push({ rows, learners, tables, queries, folding, sustained });
    await stage.client.end();
  }
  return results;
}

/** @throws Error when the disk is too small */
async function settle(
  { database }: Arena,
  sizes: readonly number[],
  { hasRecords }: Extent,
): Promise<void> {
  const bytes = hasRecords ? BYTES_A_ROW : BYTES_WITHOUT_RECORD;
  const needed = sizes.reduce((sum, rows) => sum + rows * bytes, 0);
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < needed) {
    throw new Error(`--analytics needs ${Math.ceil(needed / 1e9)} GB in ${tmpdir()}`);
  }
  const client = await database.connect('postgres');
  // The log is not to be as large as the data. Nothing but the folder writes while it is measured.
  await client.query(`ALTER SYSTEM SET max_wal_size = '3GB'`);
  await client.query('ALTER SYSTEM SET autovacuum = off');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}

/** @throws Error when the folded tables are not what the service's own recount of the records gives */
async function confirm({ database }: Arena, say: (text: string) => void): Promise<void> {
  await loadAnalytics(database, 'checked', CHECKED_ROWS, () => {});
  const said = runCommand(database, 'checked', [
    join(THIS_BUILD, 'dist', 'cli', 'verify.js'),
    '--analytics',
  ]);
  say(`At ${CHECKED_ROWS} records: ${said.trim().split('\n').at(-1)!}`);
}

const nameOf = (rows: number): string => `analytics_${rows}`;

function load(
  { database }: Arena,
  rows: number,
  { hasRecords }: Extent,
  say: (text: string) => void,
): Promise<void> {
  return loadAnalytics(database, nameOf(rows), rows, (step) => say(`${rows}: ${step}`), hasRecords);
}

async function open(arena: Arena, rows: number): Promise<Stage> {
  const { database } = arena;
  const name = nameOf(rows);
  const client = await database.connect(name);
  // The arena may stop PostgreSQL first, after an error.
  client.on('error', () => {});
  await client.query(`SET timezone = 'UTC'; SET work_mem = '256MB'; CHECKPOINT`);
  const [server] = await arena.start(us, name, `us-${rows}`);
  const costs: Costs = () => ({
    server: processorSeconds(server!.pid),
    database: processorSeconds(database.pid),
  });
  return { rows, client, server: server!, costs };
}

async function askAll(
  { secret }: Arena,
  { server, costs }: Stage,
  question: Question,
  { connections: all, effort }: Extent,
): Promise<Asking[]> {
  const asked = { port: server.port, secret };
  await ask(asked, question, 4, { seconds: 0.3, requests: 20 });
  const askings: Asking[] = [];
  for (const connections of all) {
    const before = costs();
    const { answered, refused, p50, p99 } = await ask(asked, question, connections, effort);
    const after = costs();
    const each = (from: number | null, to: number | null): number | null =>
      from === null || to === null ? null : ((to - from) * 1_000_000) / answered;
    askings.push({
      connections,
      refused,
      p50,
      p99,
      serverMicroseconds: each(before.server, after.server),
      databaseMicroseconds: each(before.database, after.database),
    });
  }
  return askings;
}

/** @throws Error when the scan's figures are not those of the answer */
async function scan(
  arena: Arena,
  { client, server, costs }: Stage,
  question: Question,
): Promise<Scanned> {
  const runs: Scanned[] = [];
  while (runs.length === 0 || (runs.length < ROUNDS && runs.at(-1)!.milliseconds < LONG_SCAN_MS)) {
    const before = costs().database;
    const begin = performance.now();
    const found = await facts(client, SCANS[question.name]!);
    const milliseconds = performance.now() - begin;
    const after = costs().database;
    const databaseMicroseconds =
      before === null || after === null ? null : (after - before) * 1_000_000;
    runs.push({ milliseconds, databaseMicroseconds, isStopped: found === null });
    if (found === null) break;
    const asked = question.facts(
      await askOnce({ port: server.port, secret: arena.secret }, question),
    );
    for (const [name, value] of Object.entries(asked)) {
      if (name in found && found[name] !== value) {
        throw new Error(
          `${question.name}: ${name} is ${String(value)}; a scan gives ${String(found[name])}`,
        );
      }
    }
  }
  return runs.reduce((least, run) => (run.milliseconds < least.milliseconds ? run : least));
}

/** @returns what the statements return together, or null when they take too long */
async function facts(
  client: Client,
  statements: readonly string[],
): Promise<Record<string, unknown> | null> {
  const found: Record<string, unknown> = {};
  const deadline = performance.now() + SCAN_LIMIT_MS;
  for (const statement of statements) {
    const left = Math.ceil(deadline - performance.now());
    if (left <= 0) return null;
    await client.query(`SET statement_timeout = ${left}`);
    const { rows } = await client
      .query<Record<string, unknown>>(statement)
      .catch((error: { code?: string }) => {
        if (error.code === '57014') return { rows: [] };
        throw error;
      });
    if (!rows[0]) return null;
    Object.assign(found, rows[0]);
  }
  await client.query('SET statement_timeout = 0');
  return found;
}

async function foldAll(
  { rows, client, costs }: Stage,
  say: (text: string) => void,
): Promise<Folded[]> {
  const folded: Folded[] = [];
  await client.query('SET statement_timeout = 0');
  for (const isFirst of [true, false]) {
    for (let round = 0; round < FOLDING_ROUNDS; round += 1) {
      const one = await fold(client, costs, { learners: learnersOf(rows), round, isFirst });
      folded.push(one);
      say(
        `${isFirst ? 'first moves of a day' : 'later moves'} at ${rows} records: ${Math.round(one.perSecond)}/s`,
      );
    }
  }
  return folded;
}

async function sustainAll(
  { rows, client }: Stage,
  say: (text: string) => void,
): Promise<Sustained[]> {
  const sustained: Sustained[] = [];
  for (const isFirst of [true, false]) {
    const one = await sustain(client, { learners: learnersOf(rows), isFirst });
    sustained.push(one);
    say(`${one.waiting} ${isFirst ? 'first' : 'later'} moves wait after 5 s of 20,000 a second`);
  }
  return sustained;
}

async function sizesOf(client: Client): Promise<AnalyticsSize['tables']> {
  const { rows } = await client.query<AnalyticsSize['tables'][number]>(`
    SELECT relname AS name, reltuples::float8 AS rows, pg_total_relation_size(oid)::float8 AS bytes FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 0
      AND (relname ~ '^analytics_|^learner_' OR relname IN ('user_progress', 'course_progress'))
    ORDER BY bytes DESC`);
  return rows;
}
