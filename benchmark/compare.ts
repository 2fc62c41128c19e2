import { Arena, type Entrant } from './arena.ts';
import { audit, initialSeconds } from './audit.ts';
import { CONTENDERS } from './contenders/index.ts';
import { otherBuild } from './contenders/us.ts';
import { PGBENCH_TITLES, runPgbench, type PgbenchVariant } from './contenders/pgbench.ts';
import { createTemplate } from './data-set/template.ts';
import { complaint, takesPart } from './entrants.ts';
import type { Options } from './options.ts';
import { lineOf, type Audit, type Line, type Sample } from './results.ts';
import { findPgbench } from './servers/postgres.ts';
import { warmUp } from './warm-up.ts';

const TEMPLATE = 'data_set';
/** Before each measurement, in seconds: connections open and queues fill. */
const RUN_UP = 0.3;
/** Share of PostGraphile's throughput: the fixed rate at which latencies are measured. */
const LATENCY_LOAD = 0.5;

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
    if (scenario === 'latency')
      lines.push(...(await latencies(arena, entrants, options, lines, say)));
    else lines.push(...(await throughput(arena, entrants, scenario, options, binDir, say)));
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

async function throughput(
  arena: Arena,
  entrants: Entrant[],
  scenario: string,
  options: Options,
  binDir: string | undefined,
  say: Say,
): Promise<Line[]> {
  const samples = new Map<string, Sample[]>();
  const keep = (name: string, sample: Sample): void => {
    samples.set(name, [...(samples.get(name) ?? []), sample]);
  };
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const entrant of entrants.filter((one) => takesPart(one, scenario))) {
      const sample = await arena.measure(entrant, {
        scenario,
        connections: options.connections,
        seconds: options.seconds,
        warmUp: RUN_UP,
      });
      keep(entrant.name, sample);
      say(
        complaint(entrant, sample) ??
          `${scenario} ${round}/${options.rounds}  ${entrant.contender.title}: ${Math.round(sample.perSecond)}/s`,
      );
    }
    if (scenario === 'beat' && options.contenders.includes('pgbench')) {
      await pgbenchRound(arena, options, binDir, keep, say);
    }
  }
  return [...samples].map(([contender, taken]) => lineOf(scenario, contender, taken));
}

/** pgbench writes into the template itself, since it is not copied any more. */
async function pgbenchRound(
  arena: Arena,
  options: Options,
  binDir: string | undefined,
  keep: (name: string, sample: Sample) => void,
  say: Say,
): Promise<void> {
  const binary = findPgbench(binDir);
  if (!binary) return say('pgbench is not installed: its limit is not measured');
  const { host, port, user, password } = arena.database;
  for (const variant of Object.keys(PGBENCH_TITLES) as PgbenchVariant[]) {
    const perSecond = await runPgbench(variant, {
      binary,
      database: { host, port, user, password, name: TEMPLATE },
      rows: options.rows,
      connections: options.connections,
      threads: options.cores,
      seconds: options.seconds,
    });
    keep(variant, { ...NOT_MEASURED, perSecond });
    say(`beat  ${PGBENCH_TITLES[variant]}: ${Math.round(perSecond)}/s`);
  }
}

const NOT_MEASURED: Omit<Sample, 'perSecond'> = {
  answered: 0,
  wrong: 0,
  p50: Number.NaN,
  p99: Number.NaN,
  faults: [],
  serverMicroseconds: null,
  databaseMicroseconds: null,
  clientMicroseconds: null,
  walBytes: null,
};

/** Beats at a rate that every contender can sustain. */
async function latencies(
  arena: Arena,
  entrants: Entrant[],
  options: Options,
  lines: Line[],
  say: Say,
): Promise<Line[]> {
  const rate = options.rate || defaultRate(lines);
  const samples = new Map<Entrant, Sample[]>(entrants.map((entrant) => [entrant, []]));
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const [entrant, taken] of samples) {
      const sample = await arena.measure(entrant, {
        scenario: 'latency',
        connections: options.connections,
        seconds: options.seconds,
        warmUp: RUN_UP,
        rate,
      });
      taken.push(sample);
      say(
        complaint(entrant, sample) ??
          `latency at ${rate}/s ${round}/${options.rounds}  ${entrant.contender.title}: p99 ${sample.p99.toFixed(1)} ms`,
      );
    }
  }
  return [...samples].map(([entrant, taken]) =>
    lineOf(`latency at ${rate}/s`, entrant.name, taken),
  );
}

function defaultRate(lines: Line[]): number {
  const beats = lines.filter(({ scenario }) => scenario === 'beat');
  const reference = beats.find(({ contender }) => contender === 'postgraphile') ?? beats[0];
  if (!reference) throw new Error('latency needs --rate, or the scenario beat before it');
  return Math.round(reference.median.perSecond * LATENCY_LOAD);
}
