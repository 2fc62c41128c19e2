import type { AnalyticsSize, AskedQuery, Asking, Scanned } from '../analytics/results.ts';
import { figure, table } from './table.ts';

/** Queries, folding and the sizes of tables, as Markdown. */
export function analyticsTables(sizes: readonly AnalyticsSize[]): string[] {
  const { queries: asked, folding: folded } = sizes[0]!;
  const hasFolding = folded.length > 0;
  return [
    ...(asked.length > 0 ? [queries(sizes), promises(sizes)] : []),
    ...(hasFolding ? [folding(sizes), sustained(sizes)] : []),
    storage(sizes),
  ];
}

const count = (rows: number): string => rows.toLocaleString('en');

const processor = ({ serverMicroseconds, databaseMicroseconds }: Asking): number =>
  ((serverMicroseconds ?? Number.NaN) + (databaseMicroseconds ?? Number.NaN)) / 1_000;

/** A column: its title, and what it has of a query at one size; null where that was not measured. */
type Column = readonly [string, (query: AskedQuery) => string | null];

const alone = ({ askings }: AskedQuery): Asking => askings[0]!;
const ofMany =
  (show: (asking: Asking) => string) =>
  ({ askings }: AskedQuery): string | null =>
    askings[1] ? show(askings[1]) : null;
const ofScan =
  (show: (scanned: Scanned, query: AskedQuery) => string) =>
  (query: AskedQuery): string | null => {
    const { scanned } = query;
    return scanned && `${scanned.isStopped ? '> ' : ''}${show(scanned, query)}`;
  };
const scanProcessor = ({ databaseMicroseconds }: Scanned): number =>
  (databaseMicroseconds ?? Number.NaN) / 1_000;

const COLUMNS: readonly Column[] = [
  ['p50 ms', (query) => figure(alone(query).p50, 1)],
  ['p99 ms', (query) => figure(alone(query).p99, 1)],
  ['processor ms', (query) => figure(processor(alone(query)), 2)],
  [
    'PostgreSQL ms',
    (query) => figure((alone(query).databaseMicroseconds ?? Number.NaN) / 1_000, 2),
  ],
  ['p50 ms, 32 connections', ofMany(({ p50 }) => figure(p50, 1))],
  ['p99 ms, 32 connections', ofMany(({ p99 }) => figure(p99, 1))],
  ['processor ms, 32 connections', ofMany((many) => figure(processor(many), 1))],
  ['refused', ofMany(({ refused }) => (refused === 0 ? '' : String(refused)))],
  ['scan ms', ofScan(({ milliseconds }) => figure(milliseconds, 0))],
  ['scan, processor ms', ofScan((scanned) => figure(scanProcessor(scanned), 0))],
  [
    'by processor',
    ofScan((scanned, query) => `${figure(scanProcessor(scanned) / processor(alone(query)), 0)} ×`),
  ],
];

function queries(sizes: readonly AnalyticsSize[]): string {
  const first = sizes[0]!.queries[0]!;
  const columns = COLUMNS.filter(([, of]) => of(first) !== null);
  return table(
    ['Query', 'records', ...columns.map(([title]) => title)],
    sizes[0]!.queries.flatMap(({ name }) =>
      sizes.map(({ rows, queries: all }) => {
        const query = all.find((one) => one.name === name)!;
        return [name, count(rows), ...columns.map(([, of]) => of(query) ?? '')];
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
    largest.queries.map((query) => {
      const now = alone(query);
      const before = alone(smallest.queries.find(({ name }) => name === query.name)!);
      return [
        query.name,
        met(now.p50, P50_TARGET_MS),
        met(now.p99, P99_TARGET_MS),
        met(processor(now) / processor(before), GROWTH_TARGET),
      ];
    }),
  );
}

const titleOf = (isFirst: boolean): string =>
  isFirst ? 'first of its learner’s day' : 'later on that day';

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
          titleOf(isFirst),
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
    [true, false].flatMap((isFirst) =>
      sizes.flatMap(({ rows, sustained: all }) =>
        all
          .filter((offered) => offered.isFirst === isFirst)
          .map(({ offeredPerSecond, waiting, seconds }) => [
            `${count(offeredPerSecond)} moves/s, ${titleOf(isFirst)}`,
            count(rows),
            figure(waiting, 0),
            `${figure(seconds, 1)} s`,
          ]),
      ),
    ),
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
