import type { AnalyticsSize } from './analytics/results.ts';
import type { Measurement } from './load/measure.ts';

/** One measurement. Costs are per request; null when this system does not report them. */
export interface Sample extends Measurement {
  serverMicroseconds: number | null;
  databaseMicroseconds: number | null;
  clientMicroseconds: number | null;
  walBytes: number | null;
  /** Changes a batch; null where nothing is committed in batches. */
  batchSize: number | null;
}

export interface Line {
  scenario: string;
  contender: string;
  samples: Sample[];
  /** Wrong answers, over all samples. */
  wrong: number;
  median: Omit<Sample, 'faults' | 'answered' | 'wrong'>;
}

/** The audit of the database after the run. */
export interface Audit {
  contender: string;
  /** Share of updates that touched no index, by table. */
  hot: Record<string, number>;
  /** The differences found; empty when there are none. */
  differences: string[];
}

/** A table and its indexes on disk, in bytes. */
export interface TableSize {
  name: string;
  rows: number;
  bytes: number;
  indexes: { name: string; bytes: number; scans: number }[];
}

export interface Results {
  at: string;
  machine: Record<string, string | number>;
  options: Record<string, unknown>;
  lines: Line[];
  audits: Audit[];
  growth: { rows: number; lines: Line[] }[];
  tables: TableSize[];
  /** By size. */
  analytics: AnalyticsSize[];
}

export function lineOf(scenario: string, contender: string, samples: Sample[]): Line {
  const middle = (value: (sample: Sample) => number): number => median(samples.map(value));
  const cost = (value: (sample: Sample) => number | null): number | null =>
    samples.some((sample) => value(sample) === null)
      ? null
      : median(samples.map((sample) => value(sample)!));
  return {
    scenario,
    contender,
    samples,
    wrong: samples.reduce((sum, { wrong }) => sum + wrong, 0),
    median: {
      perSecond: middle(({ perSecond }) => perSecond),
      p50: middle(({ p50 }) => p50),
      p99: middle(({ p99 }) => p99),
      serverMicroseconds: cost(({ serverMicroseconds }) => serverMicroseconds),
      databaseMicroseconds: cost(({ databaseMicroseconds }) => databaseMicroseconds),
      clientMicroseconds: cost(({ clientMicroseconds }) => clientMicroseconds),
      walBytes: cost(({ walBytes }) => walBytes),
      batchSize: cost(({ batchSize }) => batchSize),
    },
  };
}

/** Processor time of server and database for one request, in microseconds; NaN where it was not measured. */
export function processorMicroseconds({ median: cost }: Pick<Line, 'median'>): number {
  return (cost.serverMicroseconds ?? Number.NaN) + (cost.databaseMicroseconds ?? Number.NaN);
}

function median(values: number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}
