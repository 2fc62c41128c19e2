import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { us } from '../contenders/us.ts';
import type { Arena } from '../arena.ts';
import { createDatabase } from '../data-set/template.ts';
import type { Options } from '../options.ts';
import { loadAnalytics } from './data/load.ts';
import { verifyFigures } from './data/verify.ts';
import { measureFolding } from './folding.ts';
import { measureQuestion, type Stage } from './measure.ts';
import { QUESTIONS } from './questions.ts';
import type { AnalyticsSize } from './results.ts';
import { sizeOf } from './size.ts';

/** PostgreSQL writes no log of what fills a new table: it would be as large as the data. */
export const ANALYTICS_SETTINGS = { wal_level: 'minimal', max_wal_senders: '0' };
/** On disk, with all that follows from a record, and what is sorted beside it. */
const BYTES_A_RECORD = 600;
/** A recount takes minutes at more records. The formula of the data is the same. */
const VERIFIED_AT_MOST = 1_000_000;

/** What the questions of analytics cost, at several sizes in turns, beside scanning; and what folding costs. */
export async function analytics(
  arena: Arena,
  options: Options,
  say: (text: string) => void,
): Promise<AnalyticsSize[]> {
  ensureRoom(options.analytics);
  const stages: Stage[] = [];
  const sizes = new Map<Stage, AnalyticsSize>();
  for (const records of options.analytics) {
    const name = `analytics_${records}`;
    await createDatabase(arena.database, name);
    const client = await arena.database.connect(name);
    await loadAnalytics(client, records, (step) => say(`${records}: ${step} …`));
    const faults: string[] = [];
    if (records <= VERIFIED_AT_MOST) {
      say(`${records}: progress:verify -- --analytics …`);
      faults.push(...(await verifyFigures(arena.database, name)));
    }
    const stored = await sizeOf(client);
    await client.end();
    const stage = { records, entrant: await arena.serve(us, `us-${records}`, name), faults };
    stages.push(stage);
    sizes.set(stage, { records, ...stored, questions: [], folding: [], steady: [], faults });
  }
  for (const question of QUESTIONS) {
    for (const [stage, figures] of await measureQuestion(arena, stages, question, options)) {
      sizes.get(stage)!.questions.push(figures);
      const { alone, together } = figures;
      say(
        `${question.name} at ${stage.records}: ${alone.p50.toFixed(1)} ms alone, ${together.p50.toFixed(1)} ms with others`,
      );
    }
  }
  for (const stage of stages) {
    const { faults, ...folded } = await measureFolding(arena, stage.entrant, stage.records);
    Object.assign(sizes.get(stage)!, folded);
    stage.faults.push(...faults);
    say(`folding at ${stage.records}: ${Math.round(folded.folding[0]!.perSecond)} moves a second`);
  }
  return [...sizes.values()];
}

/** @throws Error when the disk has too little room: filling it up would stop more than this. */
function ensureRoom(sizes: readonly number[]): void {
  const { bavail, bsize } = statfsSync(tmpdir());
  const needed = sizes.reduce((sum, records) => sum + records, 0) * BYTES_A_RECORD;
  if (bavail * bsize > needed) return;
  throw new Error(`${tmpdir()} has too little room: ${Math.round(needed / 1e9)} GB are needed`);
}
