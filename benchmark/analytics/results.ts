import type { Folded, Sustained } from './folding.ts';

/** A query at one size, over one number of connections. Milliseconds; microseconds of processor time a request. */
export interface Asking {
  connections: number;
  /** Requests of all rounds that were refused for overload. */
  refused: number;
  p50: number;
  p99: number;
  serverMicroseconds: number | null;
  databaseMicroseconds: number | null;
}

export interface Scanned {
  milliseconds: number;
  databaseMicroseconds: number | null;
  /** It was stopped after so long. */
  isStopped: boolean;
}

export interface AskedQuery {
  name: string;
  /** The least of the rounds, of each figure; and all of them. */
  askings: Asking[];
  rounds: Asking[];
  /** Null: not measured. */
  scanned: Scanned | null;
}

export interface AnalyticsSize {
  rows: number;
  learners: number;
  /** Bytes of the tables with their indexes. */
  tables: { name: string; rows: number; bytes: number }[];
  queries: AskedQuery[];
  folding: Folded[];
  sustained: Sustained[];
}

/** The least of each figure. Rounds differ by what else the machine does, which only adds. */
export function leastOf(rounds: readonly Asking[]): Asking[] {
  const all = [...new Set(rounds.map(({ connections }) => connections))];
  return all.map((connections) => {
    const taken = rounds.filter((round) => round.connections === connections);
    const least = (value: (round: Asking) => number | null): number =>
      Math.min(...taken.map((round) => value(round) ?? Number.NaN));
    return {
      connections,
      refused: taken.reduce((sum, { refused }) => sum + refused, 0),
      p50: least(({ p50 }) => p50),
      p99: least(({ p99 }) => p99),
      serverMicroseconds: least(({ serverMicroseconds }) => serverMicroseconds),
      databaseMicroseconds: least(({ databaseMicroseconds }) => databaseMicroseconds),
    };
  });
}
