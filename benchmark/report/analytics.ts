import type { AnalyticsSize } from '../analytics/results.ts';
import { processorOf } from './analytics-targets.ts';
import { figure, table } from './table.ts';

/** The results of `--analytics`. */
export function analyticsSections(sizes: readonly AnalyticsSize[]): string[] {
  const faults = sizes.flatMap(({ records, faults: found }) =>
    found.map((fault) => `- At ${records.toLocaleString('en')} records: ${fault}`),
  );
  return [
    questions(sizes),
    folding(sizes),
    steady(sizes),
    tables(sizes),
    faults.length > 0
      ? faults.join('\n')
      : 'All answers were right, and agree with what scanning gives.',
  ];
}

function questions(sizes: readonly AnalyticsSize[]): string {
  const [smallest] = sizes;
  return table(
    [
      ...[
        'Question',
        'Records',
        'processor µs',
        'against the fewest',
        'server µs',
        'PostgreSQL µs',
      ],
      ...[
        'p50 ms alone',
        'p99 ms alone',
        'p50 ms, 32',
        'p99 ms, 32',
        'refused, 32',
        'scanning: processor µs',
        'scanning: ms',
      ],
    ],
    smallest!.questions.flatMap((first, index) =>
      sizes.map(({ records, questions: asked }) => {
        const one = asked[index]!;
        return [
          one.name,
          records.toLocaleString('en'),
          figure(processorOf(one), 0),
          `${(processorOf(one) / processorOf(first)).toFixed(2)} ×`,
          figure(one.serverMicroseconds, 0),
          figure(one.databaseMicroseconds, 0),
          figure(one.alone.p50, 1),
          figure(one.alone.p99, 1),
          figure(one.together.p50, 1),
          figure(one.together.p99, 1),
          one.refused > 0 ? `${figure(one.refused, 1)} %` : '',
          figure(one.scan && one.scan.microseconds, 0),
          one.scan ? figure(one.scan.milliseconds, 0) : '> 60,000',
        ];
      }),
    ),
  );
}

function folding(sizes: readonly AnalyticsSize[]): string {
  return table(
    ['Folding', 'Records', 'moves', 'PostgreSQL µs a move', 'server µs a move', 'moves a second'],
    sizes.flatMap(({ records, folding: heaps }) =>
      heaps.map((heap) => [
        heap.title,
        records.toLocaleString('en'),
        figure(heap.moves, 0),
        figure(heap.databaseMicroseconds, 1),
        figure(heap.serverMicroseconds, 2),
        figure(heap.perSecond, 0),
      ]),
    ),
  );
}

function steady(sizes: readonly AnalyticsSize[]): string {
  return table(
    ['Moves a second, for 10 s', 'Records', 'oldest move, s', 'all folded after, s'],
    sizes.flatMap(({ records, steady: flows }) =>
      flows.map((flow) => [
        figure(flow.perSecond, 0),
        records.toLocaleString('en'),
        figure(flow.oldestSeconds, 1),
        figure(flow.behindSeconds, 1),
      ]),
    ),
  );
}

function tables(sizes: readonly AnalyticsSize[]): string {
  return table(
    ['Records', 'Table', 'rows', 'MB'],
    sizes.flatMap(({ records, bytes, tables: stored }) => [
      [records.toLocaleString('en'), 'all', '', figure(bytes / 1_000_000, 0)],
      ...stored.map((one) => ['', one.name, figure(one.rows, 0), figure(one.bytes / 1_000_000, 0)]),
    ]),
  );
}
