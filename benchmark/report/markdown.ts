import { processorMicroseconds, type Line, type Results, type TableSize } from '../results.ts';
import { analyticsTables } from './analytics-tables.ts';
import { figure, table } from './table.ts';
import { verdicts } from './targets.ts';
import { isAtFixedRate, scenarioTitle, titleOf } from './titles.ts';

/** The results as Markdown, which is readable in a terminal too. */
export function markdown(results: Results): string {
  const { machine, lines, audits, growth, tables, analytics } = results;
  const on = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  const sections = [`Measured ${results.at.slice(0, 10)} on: ${on.join(', ')}.`];
  if (lines.length > 0) sections.push(comparison(lines));
  if (growth.length > 0) sections.push(growthTable(growth));
  if (tables.length > 0) sections.push(sizesTable(tables));
  if (analytics.length > 0) sections.push(...analyticsTables(analytics));
  const promises = verdicts(results);
  if (promises.length > 0) {
    sections.push(
      table(
        ['Promise', 'measured', 'target', ''],
        promises.map(({ text, value, target, met }) => [
          text,
          value.toFixed(2),
          String(target),
          met ? 'met' : 'missed',
        ]),
      ),
    );
  }
  if (audits.length > 0) {
    sections.push(
      table(
        ['Stored by', 'HOT updates', 'acknowledged = stored, rollups = sums'],
        audits.map(({ contender, hot, differences }) => [
          titleOf(contender),
          Object.entries(hot)
            .map(([name, share]) => `${name} ${(100 * share).toFixed(1)} %`)
            .join(', '),
          differences.join('; ') || 'yes',
        ]),
      ),
    );
  }
  return `${sections.join('\n\n')}\n`;
}

function comparison(lines: Line[]): string {
  return table(
    [
      'Scenario',
      'Contender',
      'processor µs',
      'by processor',
      'server µs',
      'PostgreSQL µs',
      'changes a batch',
      'requests/s',
      'by rate',
      'p50 ms',
      'p99 ms',
      'WAL bytes',
      'wrong',
    ],
    lines.map((line) => {
      const { scenario, contender, median, wrong } = line;
      const us = lines.find((one) => one.scenario === scenario && one.contender === 'us');
      const other = us && contender !== 'us' ? us : null;
      return [
        scenarioTitle(scenario),
        titleOf(contender),
        figure(processorMicroseconds(line), 0),
        other ? times(processorMicroseconds(line) / processorMicroseconds(other)) : '',
        figure(median.serverMicroseconds, 0),
        figure(median.databaseMicroseconds, 0),
        figure(median.batchSize, 1),
        figure(median.perSecond, 0),
        other && !isAtFixedRate(scenario) ? times(other.median.perSecond / median.perSecond) : '',
        figure(median.p50, 1),
        figure(median.p99, 1),
        figure(median.walBytes, 0),
        wrong === 0 ? '' : String(wrong),
      ];
    }),
  );
}

const times = (ratio: number): string => (Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : '');

function growthTable(growth: Results['growth']): string {
  const scenarios = growth[0]!.lines.map(({ scenario }) => scenario);
  return table(
    [
      'Request',
      'Rows',
      'processor µs',
      'server µs',
      'PostgreSQL µs',
      'changes a batch',
      'requests/s',
      'WAL bytes',
    ],
    scenarios.flatMap((scenario) =>
      growth.map(({ rows, lines }) => {
        const line = lines.find((one) => one.scenario === scenario)!;
        const { median } = line;
        return [
          scenarioTitle(scenario),
          rows.toLocaleString('en'),
          figure(processorMicroseconds(line), 0),
          figure(median.serverMicroseconds, 0),
          figure(median.databaseMicroseconds, 0),
          figure(median.batchSize, 1),
          figure(median.perSecond, 0),
          figure(median.walBytes, 0),
        ];
      }),
    ),
  );
}

function sizesTable(tables: TableSize[]): string {
  return table(
    ['Table', 'Index', 'rows', 'bytes a row', 'scans'],
    tables.flatMap(({ name, rows, bytes, indexes }) => {
      const all = indexes.reduce((sum, index) => sum + index.bytes, bytes);
      return [
        [
          name,
          '',
          figure(rows, 0),
          `${figure(all / rows, 0)}, the table ${figure(bytes / rows, 0)}`,
          '',
        ],
        ...indexes.map((index) => [
          '',
          index.name,
          '',
          figure(index.bytes / rows, 0),
          figure(index.scans, 0),
        ]),
      ];
    }),
  );
}
