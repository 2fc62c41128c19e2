import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { RECORDS_PER_USER } from './data-set/shape.ts';

export interface Options {
  /** Rows of `user_progress`. */
  rows: number;
  /** Numbers of rows at which requests are compared; empty: no comparison. */
  growth: number[];
  /** Numbers of rows at which the queries of analytics are measured, instead; empty: they are not. */
  analytics: number[];
  /** Whether these are all that is measured of analytics: without folding, and without scans of the records. */
  queriesOnly: boolean;
  /** Whether folding is all that is measured of analytics. */
  foldingOnly: boolean;
  /** Whether the first seconds after a start are measured, instead. */
  starts: boolean;
  /** Whether what requests cost and records take on disk is measured, instead. */
  sizes: boolean;
  contenders: string[];
  /** Folder of another build of this service to measure as well; empty: none. */
  against: string;
  scenarios: string[];
  connections: number;
  rounds: number;
  /** Length of one measurement, in seconds. */
  seconds: number;
  /** Cores that everything runs on. */
  cores: number;
  /** Requests a second of the open loop; 0: half of PostGraphile's throughput in the closed loop. */
  rate: number;
}

export const HELP = `npm run bench -- [options]

  --quick               100000 rows and one short round: to see that it works
  --rows N              rows of user_progress (1000000)
  --growth [N,N,…]      the same requests at these numbers of rows, instead (10000,1000000,10000000)
  --analytics [N,N,…]   the queries of analytics, and folding, at these numbers of rows, instead
                        (1000000,10000000,50000000)
  --queries-only        with --analytics: its queries over one connection, without scans and folding
  --folding-only        with --analytics: folding, without the queries
  --starts              the first seconds after a start, instead
  --sizes               what requests cost and records take on disk, instead
  --contenders A,B      of us, us-twice, postgraphile, naive, driver, pgbench (all)
  --against FOLDER      another build of this service, in turns with the others
  --scenarios A,B       of beat, recordWatch, courseProgress, statistics, list, mixed, latency, lowLoad (all)
  --connections N       of the client (64)
  --rounds N            each contender in each scenario (3)
  --seconds N           each round (2)
  --cores N             cores for everything together (2)
  --rate N              requests a second of the open loop (half of PostGraphile's throughput)

BENCH_PG_BIN names the folder of PostgreSQL's programs to use; else the newest installed, else the embedded one.`;

const ALL_CONTENDERS = ['us', 'us-twice', 'postgraphile', 'naive', 'driver', 'pgbench'];
const ALL_SCENARIOS = [
  'beat',
  'recordWatch',
  'courseProgress',
  'statistics',
  'list',
  'mixed',
  'latency',
  'lowLoad',
];
/** Numbers of rows, where an option does not say which. */
const SIZES: Record<string, number[]> = {
  '--growth': [10_000, 1_000_000, 10_000_000],
  '--analytics': [1_000_000, 10_000_000, 50_000_000],
};

/** @throws Error that names the invalid option */
export function parseOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args: args.flatMap((arg, index) =>
      SIZES[arg] && (args[index + 1] ?? '--').startsWith('--')
        ? [arg, SIZES[arg].join(',')]
        : [arg],
    ),
    options: {
      help: { type: 'boolean' },
      quick: { type: 'boolean' },
      rows: { type: 'string' },
      growth: { type: 'string' },
      analytics: { type: 'string' },
      'queries-only': { type: 'boolean' },
      'folding-only': { type: 'boolean' },
      starts: { type: 'boolean' },
      sizes: { type: 'boolean' },
      contenders: { type: 'string' },
      against: { type: 'string' },
      scenarios: { type: 'string' },
      connections: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      cores: { type: 'string' },
      rate: { type: 'string' },
    },
  });
  if (values.help) return 'help';
  const quick = values.quick ?? false;
  return {
    rows: rows(values.rows ?? (quick ? '100000' : '1000000')),
    growth: list(values.growth),
    analytics: list(values.analytics),
    queriesOnly: values['queries-only'] ?? false,
    foldingOnly: values['folding-only'] ?? false,
    starts: values.starts ?? false,
    sizes: values.sizes ?? false,
    contenders: chosen('contenders', values.contenders, ALL_CONTENDERS),
    against: values.against ? resolve(values.against) : '',
    scenarios: chosen('scenarios', values.scenarios, ALL_SCENARIOS),
    connections: number('connections', values.connections ?? '64', 1),
    rounds: number('rounds', values.rounds ?? (quick ? '1' : '3'), 1),
    seconds: number('seconds', values.seconds ?? (quick ? '1' : '2'), 0.1),
    cores: Math.min(number('cores', values.cores ?? '2', 1), availableParallelism()),
    rate: number('rate', values.rate ?? '0', 0),
  };
}

const list = (text = ''): number[] => text.split(',').filter(Boolean).map(rows);

function rows(text: string): number {
  const value = number('rows', text, RECORDS_PER_USER);
  return Math.round(value / RECORDS_PER_USER) * RECORDS_PER_USER;
}

function number(name: string, text: string, minimum: number): number {
  const value = Number(text.replaceAll('_', ''));
  if (!(value >= minimum)) throw new Error(`--${name} expects a number, at least ${minimum}`);
  return value;
}

function chosen(name: string, text: string | undefined, all: string[]): string[] {
  if (text === undefined) return all;
  const names = text.split(',');
  const unknown = names.find((entry) => !all.includes(entry));
  if (unknown !== undefined) throw new Error(`--${name} knows ${all.join(', ')}; not ${unknown}`);
  return all.filter((entry) => names.includes(entry));
}
