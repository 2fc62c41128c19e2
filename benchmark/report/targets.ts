import type { Line, Results } from '../results.ts';

export interface Verdict {
  text: string;
  /** A target and the measured value. */
  value: number;
  target: number;
  met: boolean;
}

const READS_GROWTH_MAXIMUM = 1.3;
const BEATS_PER_REQUEST = 10;

/** This service's targets and the measured values. Targets that were not measured are left out. */
export function verdicts({ lines, growth }: Results): Verdict[] {
  const speed = (scenario: string, contender: string): number =>
    find(lines, scenario, contender)?.median.perSecond ?? Number.NaN;
  const ratio = (scenario: string, contender: string): number =>
    speed(scenario, 'us') / speed(scenario, contender);
  const latency = lines.find(({ scenario }) => scenario.startsWith('latency'))?.scenario ?? '';
  const p99 = (contender: string): number =>
    find(lines, latency, contender)?.median.p99 ?? Number.NaN;

  return [
    atLeast('beats, against PostGraphile', ratio('beat', 'postgraphile'), 3),
    atLeast('beats, against the naive design', ratio('beat', 'naive'), 4),
    atLeast('course progress, against PostGraphile', ratio('courseProgress', 'postgraphile'), 1.7),
    atLeast('statistics, against PostGraphile', ratio('statistics', 'postgraphile'), 1.7),
    atLeast('beats through GraphQL, against pgbench', ratio('beat', 'pgbench-record'), 0.5),
    atLeast(
      'beats of recordWatch, against pgbench’s rows',
      (BEATS_PER_REQUEST * speed('recordWatch', 'us')) / speed('beat', 'pgbench-record'),
      2,
    ),
    atMost(`p99 of ${latency}, against PostGraphile’s`, p99('us') / p99('postgraphile'), 1),
    ...growthVerdicts(growth),
  ].filter(({ value }) => Number.isFinite(value));
}

function growthVerdicts(growth: Results['growth']): Verdict[] {
  const [smallest, largest] = [growth[0], growth.at(-1)];
  if (!smallest || !largest) return [];
  return smallest.lines.map(({ scenario, median }) =>
    atMost(
      `${scenario}: cost at ${largest.rows.toLocaleString('en')} rows, against ${smallest.rows.toLocaleString('en')}`,
      median.perSecond / (find(largest.lines, scenario, 'us')?.median.perSecond ?? Number.NaN),
      READS_GROWTH_MAXIMUM,
    ),
  );
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

function find(lines: Line[], scenario: string, contender: string): Line | undefined {
  return lines.find((line) => line.scenario === scenario && line.contender === contender);
}
