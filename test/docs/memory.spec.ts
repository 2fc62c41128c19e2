import { globSync } from 'node:fs';
import { expect, it } from 'vitest';
import { codes, readText, tablesBelow } from './page.ts';

const page = readText('docs/operations.md');
const rows = tablesBelow(page, '### What a process remembers')[0]!.map((cells) => ({
  bound: cells[2]!,
  file: codes(cells[3]!)[0]!,
}));
const documented = rows.map(({ file }) => file);

/** Members and constants of a module that hold something, and live as long as the process. */
const MEMORY =
  /^(?:const|  (?:private|readonly)[ \w]*) \w+(?:: [^=\n]+)? = new (?:Map|Set|LRUCache)\b/m;

/** They hold nothing that anybody can add to without a bound: why. */
const OTHERS: [why: string, files: RegExp][] = [
  [
    'one batch of changes, or one request',
    /user-progress\/(changes\/batch-|evidence\/learner-clock|request-read|write\/(change-weights|waiting-changes))/,
  ],
  ['workers, and what is asked of them', /(src\/workers\/|common\/workers\/)/],
  [
    'work under way',
    /(course-catalog\/shared-work|nats\/reply-inbox|background\/lane|overload\/refusal-share)\.ts$/,
  ],
  [
    'what the code names',
    /(outbox\/outbox-handlers|privacy\/personal-data|background\/background-jobs\.service|i18n\/messages|nats\/event-publisher|course-catalog\/course-lookup|overload\/overload-refusals|write\/(write-queue\.service|batch-attempts)|user-progress\/progress-record|auth\/key-list|graphql\/(error-formatter|known-operations\/document-tokens)|nats\/(error-signs|error-meaning|peer-verdict)|errors\/database-error|rate-limit\/operation-kind|sql\/export-progress)\.ts$/,
  ],
];

const sources = globSync('src/**/*.ts', { exclude: ['**/*.spec.ts'] }).map((path) => {
  const file = path.replaceAll('\\', '/');
  return { file, text: readText(file) };
});

it('all that a process remembers is in the table of docs/operations.md', () => {
  const remembering = sources
    .filter(({ text }) => /new LRUCache\b/.test(text) || MEMORY.test(text))
    .map(({ file }) => file)
    .filter((file) => !OTHERS.some(([, files]) => files.test(file)));
  const missing = remembering.filter((file) => !documented.includes(file));
  expect(missing).toEqual([]);
});

it.each(rows)('$file keeps to its bound: $bound', ({ file, bound }) => {
  const { text } = sources.find((source) => source.file === file)!;
  for (const [, number] of bound.matchAll(/\b(\d{1,3}(?:,\d{3})+|\d{3,})\b/g)) {
    expect(text).toContain(number!.replaceAll(',', '_'));
  }
});

it('every cache says how much it may hold', () => {
  for (const { file, text } of sources) {
    for (const [cache] of text.matchAll(/new LRUCache\b[^]*?\}\)/g)) {
      expect(cache, file).toMatch(/\bmax: /);
    }
  }
});
