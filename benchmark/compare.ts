import { Arena, type Entrant } from './arena.ts';
import { audit, initialSeconds } from './audit.ts';
import { CONTENDERS } from './contenders/index.ts';
import { otherBuild } from './contenders/us.ts';
import { createTemplate } from './data-set/template.ts';
import { complaint, takesPart } from './entrants.ts';
import type { Options } from './options.ts';
import { pgbenchRound } from './pgbench-round.ts';
import { lineOf, type Audit, type Line, type Sample } from './results.ts';
import { turnsOf, type Turn } from './turns.ts';
import { warmUp } from './warm-up.ts';

const TEMPLATE = 'data_set';
/** Before each measurement, in seconds: connections open and queues fill. */
const RUN_UP = 0.3;

type Say = (text: string) => void;

/** Measures the contenders in turns, scenario by scenario, then audits their databases. */
export async function compare(
  arena: Arena,
  options: Options,
  binDir: string | undefined,
  say: Say,
): Promise<{ lines: Line[]; audits: Audit[] }> {
  await createTemplate(arena.database, TEMPLATE, options.rows, (step) => say(`Data: ${step} …`));
  const secondsBefore = await initialSeconds(arena, TEMPLATE);
  const entrants: Entrant[] = [];
  for (const contender of CONTENDERS.filter(({ name }) => options.contenders.includes(name))) {
    say(`Starting ${contender.title} …`);
    contender.build?.();
    entrants.push(await arena.enter(contender, options.rows, TEMPLATE));
  }
  if (options.against) entrants.push(await enterOtherBuild(arena, options, say));
  for (const entrant of entrants) await warmUp(arena, entrant, options.scenarios, say);

  const lines: Line[] = [];
  for (const scenario of options.scenarios) {
    for (const turn of turnsOf(scenario, options, lines)) {
      lines.push(...(await inTurns(arena, entrants, turn, options, binDir, say)));
    }
  }

  const audits: Audit[] = [];
  for (const entrant of entrants) {
    say(`Checking what ${entrant.contender.title} stored …`);
    audits.push(await audit(arena, entrant, secondsBefore));
  }
  return { lines, audits };
}

/** The other build has its own tables, since its migrations may differ from ours. */
async function enterOtherBuild(arena: Arena, options: Options, say: Say): Promise<Entrant> {
  const contender = otherBuild(options.against);
  const template = `${TEMPLATE}_of_other_build`;
  const { serviceBuild, title } = contender;
  await createTemplate(
    arena.database,
    template,
    options.rows,
    (step) => say(`${title}: ${step} …`),
    serviceBuild,
  );
  return arena.enter(contender, options.rows, template);
}

async function inTurns(
  arena: Arena,
  entrants: Entrant[],
  { title, scenario, connections, rate }: Turn,
  options: Options,
  binDir: string | undefined,
  say: Say,
): Promise<Line[]> {
  const samples = new Map<string, Sample[]>();
  const keep = (name: string, sample: Sample): void => {
    samples.set(name, [...(samples.get(name) ?? []), sample]);
  };
  const load = { scenario, connections, seconds: options.seconds, warmUp: RUN_UP };
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const entrant of entrants.filter((one) => takesPart(one, scenario))) {
      const sample = await arena.measure(entrant, rate === undefined ? load : { ...load, rate });
      keep(entrant.name, sample);
      say(
        complaint(entrant, sample) ??
          `${title} ${round}/${options.rounds}  ${entrant.contender.title}: ${Math.round(sample.perSecond)}/s, p99 ${sample.p99.toFixed(1)} ms`,
      );
    }
    if (title === 'beat' && options.contenders.includes('pgbench')) {
      await pgbenchRound(arena, { ...options, database: TEMPLATE }, binDir, keep, say);
    }
  }
  return [...samples].map(([contender, taken]) => lineOf(title, contender, taken));
}
