import type { Arena } from './arena.ts';
import { us } from './contenders/us.ts';
import { createTemplate } from './data-set/template.ts';
import { complaint } from './entrants.ts';
import type { Options } from './options.ts';
import { lineOf, type Line, type Sample, type TableSize } from './results.ts';
import { warmUp } from './warm-up.ts';

const TEMPLATE = 'data_set_of_sizes';
const RUN_UP = 0.3;
/** The last one begins lessons, which changes what the reads would answer. */
const SCENARIOS = ['beat', 'recordWatch', 'courseProgress', 'statistics', 'list', 'begin'];

/** Bytes are those on disk, with free space in pages. `scans` are those of this run. */
const SIZES = `
  SELECT t.relname AS name, c.rows::float8, pg_table_size(t.oid)::float8 AS bytes,
         (SELECT COALESCE(json_agg(json_build_object(
            'name', i.indexrelname, 'bytes', pg_relation_size(i.indexrelid), 'scans', i.idx_scan)
            ORDER BY i.indexrelname), '[]')
          FROM pg_stat_user_indexes i WHERE i.relid = t.oid) AS indexes
  FROM pg_class t
  CROSS JOIN LATERAL (
    SELECT (xpath('/row/n/text()', query_to_xml(
      format('SELECT count(*) AS n FROM %I', t.relname), false, true, '')))[1]::text::bigint AS rows) c
  WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace
    AND t.relname IN ('user_progress', 'course_progress', 'watch_session', 'watch_clock')
  ORDER BY t.relname`;

/** What this service's requests cost, and what is stored of a learner. */
export async function sizes(
  arena: Arena,
  options: Options,
  say: (text: string) => void,
): Promise<{ lines: Line[]; tables: TableSize[] }> {
  await createTemplate(arena.database, TEMPLATE, options.rows, (step) => say(`Data: ${step} …`));
  const entrant = await arena.enter(us, options.rows, TEMPLATE);
  await warmUp(arena, entrant, SCENARIOS.slice(0, -1), say);
  const { connections, seconds, rounds } = options;
  const lines: Line[] = [];
  for (const scenario of SCENARIOS) {
    const taken: Sample[] = [];
    while (taken.length < rounds) {
      const load = { scenario, connections, seconds, warmUp: RUN_UP };
      const sample = await arena.measure(entrant, load);
      taken.push(sample);
      const round = `${scenario} ${taken.length}/${rounds}`;
      say(complaint(entrant, sample) ?? `${round}: ${Math.round(sample.perSecond)}/s`);
    }
    lines.push(lineOf(scenario, entrant.name, taken));
  }
  const client = await arena.database.connect(entrant.database);
  try {
    return { lines, tables: (await client.query<TableSize>(SIZES)).rows };
  } finally {
    await client.end();
  }
}
