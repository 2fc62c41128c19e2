import { processorMicroseconds, type Line, type Results } from '../results.ts';
import { isAtFixedRate } from './titles.ts';

export interface Verdict {
  text: string;
  /** A target and the measured value. */
  value: number;
  target: number;
  met: boolean;
}

const BEATS_PER_REQUEST = 10;
const READS = ['courseProgress', 'statistics', 'list'];
/** A read may cost so much more at the largest size, and a beat of any learner. */
const READS_GROWTH_MAXIMUM = 1.3;
const BEATS_GROWTH_MAXIMUM = 1.25;

/** This service's targets and the measured values. Targets that were not measured are left out. */
export function verdicts({ lines, growth }: Results): Verdict[] {
  const of = (scenario: string, contender: string): Figures =>
    figuresOf(lines.find((line) => line.scenario === scenario && line.contender === contender));
  const byRate = (scenario: string, contender: string): number =>
    of(scenario, 'us').perSecond / of(scenario, contender).perSecond;
  const byProcessor = (scenario: string, contender: string): number =>
    of(scenario, contender).processor / of(scenario, 'us').processor;
  const latencies = [...new Set(lines.map(({ scenario }) => scenario).filter(isAtFixedRate))];

  return [
    atMost(
      'beat: processor time, against pgbench’s record and rollup',
      1 / byProcessor('beat', 'pgbench-rollup'),
      1,
    ),
    atLeast('beats, against pgbench’s record and rollup', byRate('beat', 'pgbench-rollup'), 0.75),
    atLeast('beats, against PostGraphile', byRate('beat', 'postgraphile'), 3.5),
    atLeast('beats, against PostGraphile, by processor', byProcessor('beat', 'postgraphile'), 4.5),
    atLeast('beats, against the naive design', byRate('beat', 'naive'), 4),
    atLeast(
      'beats of recordWatch, against pgbench’s rows',
      (BEATS_PER_REQUEST * of('recordWatch', 'us').perSecond) /
        of('beat', 'pgbench-record').perSecond,
      4,
    ),
    ...READS.flatMap((scenario) => [
      atLeast(`${scenario}, against PostGraphile`, byRate(scenario, 'postgraphile'), 2.5),
      atLeast(
        `${scenario}, against PostGraphile, by processor`,
        byProcessor(scenario, 'postgraphile'),
        3,
      ),
    ]),
    ...latencies.flatMap((scenario) =>
      (['p50', 'p99'] as const).map((share) =>
        atMost(
          `${share} of ${scenario}, against PostGraphile’s`,
          of(scenario, 'us')[share] / of(scenario, 'postgraphile')[share],
          1,
        ),
      ),
    ),
    atMost(
      'beat of one connection: processor time, against the other build',
      1 / byProcessor('beat, 1 connection', 'other-build'),
      0.6,
    ),
    ...growthVerdicts(growth),
  ].filter(({ value }) => Number.isFinite(value));
}

/** Compares the largest table with the smallest, by processor time. */
function growthVerdicts(growth: Results['growth']): Verdict[] {
  const [smallest, largest] = [growth[0], growth.at(-1)];
  if (!smallest || !largest) return [];
  return smallest.lines.map((line) => {
    const { scenario } = line;
    const larger = largest.lines.find((one) => one.scenario === scenario);
    return atMost(
      `${scenario}: processor time at ${largest.rows.toLocaleString('en')} rows, against ${smallest.rows.toLocaleString('en')}`,
      figuresOf(larger).processor / figuresOf(line).processor,
      READS.includes(scenario) ? READS_GROWTH_MAXIMUM : BEATS_GROWTH_MAXIMUM,
    );
  });
}

interface Figures {
  perSecond: number;
  processor: number;
  p50: number;
  p99: number;
}

/** NaN for what was not measured. */
function figuresOf(line: Line | undefined): Figures {
  if (!line) return { perSecond: NaN, processor: NaN, p50: NaN, p99: NaN };
  const { perSecond, p50, p99 } = line.median;
  return { perSecond, p50, p99, processor: processorMicroseconds(line) };
}

const atLeast = (text: string, value: number, target: number): Verdict => ({
  text,
  value,
  target,
  met: value >= target,
});

const atMost = (text: string, value: number, target: number): Verdict => ({
  text,
  value,
  target,
  met: value <= target,
});
