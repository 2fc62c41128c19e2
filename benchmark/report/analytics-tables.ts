import type { AnalyticsSize, Asking } from '../analytics/results.ts';
import { figure, table } from './table.ts';

/** Queries, folding and the sizes of tables, as Markdown. */
export function analyticsTables(sizes: readonly AnalyticsSize[]): string[] {
  return [queries(sizes), promises(sizes), folding(sizes), sustained(sizes), storage(sizes)];
}

const count = (rows: number): string => rows.toLocaleString('en');

const processor = ({ serverMicroseconds, databaseMicroseconds }: Asking): number =>
  ((serverMicroseconds ?? Number.NaN) + (databaseMicroseconds ?? Number.NaN)) / 1_000;

function queries(sizes: readonly AnalyticsSize[]): string {
  return table(
    [
      'Query',
      'records',
      'p50 ms',
      'p99 ms',
      'processor ms',
      'PostgreSQL ms',
      'p50 ms, 32 connections',
      'p99 ms, 32 connections',
      'processor ms, 32 connections',
      'refused',
      'scan ms',
      'scan, processor ms',
      'by processor',
    ],
    sizes[0]!.queries.flatMap(({ name }) =>
      sizes.map(({ rows, queries: all }) => {
        const { askings, scanned } = all.find((one) => one.name === name)!;
        const [alone, many] = askings as [Asking, Asking];
        const scan = (scanned.databaseMicroseconds ?? Number.NaN) / 1_000;
        const least = scanned.isStopped ? '> ' : '';
        return [
          name,
          count(rows),
          figure(alone.p50, 1),
          figure(alone.p99, 1),
          figure(processor(alone), 1),
          figure((alone.databaseMicroseconds ?? Number.NaN) / 1_000, 1),
          figure(many.p50, 1),
          figure(many.p99, 1),
          figure(processor(many), 1),
          many.refused === 0 ? '' : String(many.refused),
          `${least}${figure(scanned.milliseconds, 0)}`,
          `${least}${figure(scan, 0)}`,
          `${least}${figure(scan / processor(many), 0)} ×`,
        ];
      }),
    ),
  );
}

const P50_TARGET_MS = 20;
const P99_TARGET_MS = 50;
const GROWTH_TARGET = 1.2;

/** What is promised, by the largest size; and how much more it costs than the smallest one, by processor time. */
function promises(sizes: readonly AnalyticsSize[]): string {
  const [smallest, largest] = [sizes[0]!, sizes.at(-1)!];
  const met = (value: number, target: number): string =>
    `${figure(value, 2)} ${value <= target ? '' : '(missed)'}`.trim();
  return table(
    [
      `Alone, at ${count(largest.rows)} records`,
      `p50 ≤ ${P50_TARGET_MS} ms`,
      `p99 ≤ ${P99_TARGET_MS} ms`,
      `processor time, in that at ${count(smallest.rows)} ≤ ${GROWTH_TARGET}`,
    ],
    largest.queries.map(({ name, askings }) => {
      const [alone, many] = askings as [Asking, Asking];
      const before = smallest.queries.find((one) => one.name === name)!.askings[1]!;
      return [
        name,
        met(alone.p50, P50_TARGET_MS),
        met(alone.p99, P99_TARGET_MS),
        met(processor(many) / processor(before), GROWTH_TARGET),
      ];
    }),
  );
}

function folding(sizes: readonly AnalyticsSize[]): string {
  return table(
    [
      'Folding',
      'records',
      'PostgreSQL µs a move',
      'server µs a move',
      'moves a second of PostgreSQL’s time',
      'moves/s, end to end',
    ],
    [true, false].flatMap((isFirst) =>
      sizes.map(({ rows, folding: all }) => {
        const taken = all.filter((one) => one.isFirst === isFirst);
        const least = (values: (number | null)[]): number =>
          Math.min(...values.map((value) => value ?? Number.NaN));
        const database = least(taken.map((one) => one.databaseMicroseconds));
        return [
          isFirst ? 'first of its learner’s day' : 'later on that day',
          count(rows),
          figure(database, 1),
          figure(least(taken.map((one) => one.serverMicroseconds)), 2),
          figure(1_000_000 / database, 0),
          figure(Math.max(...taken.map(({ perSecond }) => perSecond)), 0),
        ];
      }),
    ),
  );
}

function sustained(sizes: readonly AnalyticsSize[]): string {
  return table(
    ['Offered for 5 s', 'records', 'moves that waited in the end', 'folded after'],
    sizes.map(({ rows, sustained: { offeredPerSecond, waiting, seconds } }) => [
      `${count(offeredPerSecond)} moves/s`,
      count(rows),
      figure(waiting, 0),
      `${figure(seconds, 1)} s`,
    ]),
  );
}

function storage(sizes: readonly AnalyticsSize[]): string {
  return table(
    ['Table', ...sizes.map(({ rows }) => `rows, MB at ${count(rows)}`)],
    sizes.at(-1)!.tables.map(({ name }) => [
      name,
      ...sizes.map(({ tables }) => {
        const found = tables.find((one) => one.name === name);
        return found ? `${figure(found.rows, 0)}, ${figure(found.bytes / 1e6, 0)}` : '';
      }),
    ]),
  );
}
