import type { Line } from './results.ts';
import type { Options } from './options.ts';

/** What every contender does in its turn. */
export interface Turn {
  /** What the lines of the report are called. */
  title: string;
  scenario: string;
  connections: number;
  rate?: number;
}

/** Share of PostGraphile's throughput: the fixed rate at which latencies are measured. */
const LATENCY_LOAD = 0.5;
const FEW_CONNECTIONS = [1, 2, 16];
/** Beats a second. */
const LOW_RATE = 500;

/** The turns of a scenario; most have one. `lines`: what was measured before. */
export function turnsOf(scenario: string, options: Options, lines: Line[]): Turn[] {
  const { connections } = options;
  if (scenario === 'latency') {
    const rate = options.rate || defaultRate(lines);
    return [{ title: `latency at ${rate}/s`, scenario: 'beat', connections, rate }];
  }
  if (scenario !== 'lowLoad') return [{ title: scenario, scenario, connections }];
  return [
    ...FEW_CONNECTIONS.map((few) => ({
      title: `beat, ${few} ${few === 1 ? 'connection' : 'connections'}`,
      scenario: 'beat',
      connections: few,
    })),
    { title: `latency at ${LOW_RATE}/s`, scenario: 'beat', connections, rate: LOW_RATE },
  ];
}

function defaultRate(lines: Line[]): number {
  const beats = lines.filter(({ scenario }) => scenario === 'beat');
  const reference = beats.find(({ contender }) => contender === 'postgraphile') ?? beats[0];
  if (!reference) throw new Error('latency needs --rate, or the scenario beat before it');
  return Math.round(reference.median.perSecond * LATENCY_LOAD);
}
