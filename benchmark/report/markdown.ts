import type { Line, Results } from '../results.ts';
import { verdicts } from './targets.ts';
import { scenarioTitle, titleOf } from './titles.ts';

/** The results as Markdown, which is readable in a terminal too. */
export function markdown(results: Results): string {
  const { machine, lines, audits, growth } = results;
  const on = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  const sections = [`Measured ${results.at.slice(0, 10)} on: ${on.join(', ')}.`];
  if (lines.length > 0) sections.push(comparison(lines));
  if (growth.length > 0) sections.push(growthTable(growth));
  sections.push(
    table(
      ['Promise', 'measured', 'target', ''],
      verdicts(results).map(({ text, value, target, met }) => [
        text,
        value.toFixed(2),
        String(target),
        met ? 'met' : 'missed',
      ]),
    ),
  );
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
      'requests/s',
      'us =',
      'by CPU',
      'p50 ms',
      'p99 ms',
      'server µs',
      'PostgreSQL µs',
      'WAL bytes',
      'wrong',
    ],
    lines.map(({ scenario, contender, median, wrong }) => {
      const us = lines.find((line) => line.scenario === scenario && line.contender === 'us');
      const isLatency = scenario.startsWith('latency');
      const ratio =
        us && contender !== 'us' && !isLatency ? us.median.perSecond / median.perSecond : NaN;
      return [
        scenarioTitle(scenario),
        titleOf(contender),
        figure(median.perSecond, 0),
        times(ratio),
        us && contender !== 'us' ? times(processor(median) / processor(us.median)) : '',
        figure(median.p50, 1),
        figure(median.p99, 1),
        figure(median.serverMicroseconds, 0),
        figure(median.databaseMicroseconds, 0),
        figure(median.walBytes, 0),
        wrong === 0 ? '' : String(wrong),
      ];
    }),
  );
}

/** Processor time of server and database for one request, in microseconds. */
function processor({ serverMicroseconds, databaseMicroseconds }: Line['median']): number {
  return (serverMicroseconds ?? Number.NaN) + (databaseMicroseconds ?? Number.NaN);
}

const times = (ratio: number): string => (Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : '');

function growthTable(growth: Results['growth']): string {
  const scenarios = growth[0]!.lines.map(({ scenario }) => scenario);
  return table(
    ['Rows', ...scenarios.map((scenario) => `${scenarioTitle(scenario)}/s`)],
    growth.map(({ rows, lines }) => [
      rows.toLocaleString('en'),
      ...lines.map(({ median }) => figure(median.perSecond, 0)),
    ]),
  );
}

function figure(value: number | null, digits: number): string {
  if (value === null || !Number.isFinite(value)) return '';
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((text, column) =>
    Math.max(text.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [
    line(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}
