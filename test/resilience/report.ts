import { cpus, release, type } from 'node:os';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { milliseconds } from './load/figures.ts';
import type { Options } from './options.ts';
import type { ReliabilityPromise } from './promise.ts';
import { ROOT } from './stage/service.ts';
import type { Tally } from './tally.ts';

const DOCUMENT = join(ROOT, 'docs', 'reliability.md');
/** The table between these marks is generated. */
const BEGIN = '<!-- prettier-ignore-start -->';
const END = '<!-- prettier-ignore-end -->';
const HEAD = [
  '| | Times | Operations | Unknown | Lost | Duplicated | Worst recovery | Further | Kept | Run |',
  '|---|---|---|---|---|---|---|---|---|---|',
];

/** One line to print. */
export function describe({ id, title }: ReliabilityPromise, tally: Tally): string {
  return [
    `${id.padEnd(3)} ${tally.kept ? 'kept  ' : 'BROKEN'} ${title}:`,
    `${tally.times} times, ${tally.operations} operations (${tally.unknown} unknown),`,
    `${tally.lost} lost, ${tally.duplicated} duplicated, worst recovery ${recovery(tally)}`,
    ...[...tally.figures].map(([name, value]) => `; ${name} ${value}`),
  ].join(' ');
}

export function describeViolations(tally: Tally): string[] {
  return [...tally.violations].map(
    ([what, { count, example }]) => `    ${what}: ${count}, for instance ${example}`,
  );
}

/** The table of docs/reliability.md: the last run of each promise, one row each. */
export class Report {
  private readonly rows = new Map<string, string>();
  private readonly run: string;
  private readonly suffix: string;

  constructor({ seed, workers }: Options) {
    this.suffix = workers > 1 ? ` with ${workers} workers` : '';
    const date = new Date().toISOString().slice(0, 10);
    this.run = `${date}, seed \`${seed}\`, ${machine()}`;
    for (const row of document().table.split('\n')) {
      const id = /^\| (G\d+(?: with \d+ workers)?)/.exec(row)?.[1];
      if (id) this.rows.set(id, row);
    }
  }

  add({ id: name, title, fault }: ReliabilityPromise, tally: Tally): void {
    const id = name + this.suffix;
    const figures = [...tally.figures].map(([name, value]) => `${name} ${value}`).join('; ');
    const cells = [
      `${id}: ${title} (${fault})`,
      tally.times,
      tally.operations,
      tally.unknown,
      tally.lost,
      tally.duplicated,
      recovery(tally),
      figures,
      tally.kept ? 'yes' : 'no',
      this.run,
    ];
    this.rows.set(id, `| ${cells.join(' | ')} |`);
  }

  write(): void {
    const byNumber = [...this.rows].sort(([one], [other]) => number(one) - number(other));
    const table = [...HEAD, ...byNumber.map(([, row]) => row)].join('\n');
    const { before, after } = document();
    writeFileSync(DOCUMENT, `${before}\n\n${table}\n\n${after}`);
  }
}

/** The text around the table, which people wrote. */
function document(): { before: string; table: string; after: string } {
  const text = readFileSync(DOCUMENT, 'utf8');
  const begin = text.indexOf(BEGIN) + BEGIN.length;
  const end = text.indexOf(END);
  return { before: text.slice(0, begin), table: text.slice(begin, end), after: text.slice(end) };
}

function recovery({ worstRecoveryMs }: Tally): string {
  return worstRecoveryMs === null ? '–' : milliseconds(worstRecoveryMs);
}

function machine(): string {
  return `${cpus().length} cores, ${type()} ${release().split('-')[0]}, Node ${process.versions.node}`;
}

const number = (id: string): number => Number.parseInt(id.slice(1), 10);
