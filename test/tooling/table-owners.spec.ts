/// <reference types="vite/types/importMeta.d.ts" />
import { expect, it } from 'vitest';

/** Texts by file. Migrations change tables, whoever owns them. */
const SOURCES = Object.entries(
  import.meta.glob<string>(
    ['../../src/**/*.ts', '!../../src/**/*.spec.ts', '!../../src/common/database/migrations/*'],
    { query: '?raw', import: 'default', eager: true },
  ),
).map(([file, text]) => ({ file: file.replace('../../', ''), text }));

const roomOf = (file: string): string => /^src\/(modules|common)\/[^/]+/.exec(file)?.[0] ?? file;

/** The room where a table's entity is owns the table. */
const OWNERS = new Map(
  SOURCES.filter(({ file }) => file.endsWith('.entity.ts')).map(({ file, text }) => [
    /@Entity\('(\w+)'/.exec(text)![1]!,
    roomOf(file),
  ]),
);

/** Statements, and what makes one for a table by its name. */
const WRITES = [
  /\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\s+(?:ONLY\s+)?(\w+)/g,
  /\beraseRows\(\s*'(\w+)'/g,
  /\btable: '(\w+)',\s*keys:/g,
];

const writes = SOURCES.flatMap(({ file, text }) =>
  WRITES.flatMap((pattern) => [...text.matchAll(pattern)])
    .map(([, table]) => ({ file, table: table! }))
    .filter(({ table }) => OWNERS.has(table)),
);

it('finds the statements that write each table', () => {
  expect(new Set(writes.map(({ table }) => table))).toEqual(new Set(OWNERS.keys()));
});

it('only the owner of a table writes it: others put the owner’s fragment into their statement', () => {
  const foreign = writes.filter(({ file, table }) => roomOf(file) !== OWNERS.get(table));
  expect(foreign.map(({ file, table }) => `${file} writes ${table}`)).toEqual([]);
});

it('no statement hides its table from this test behind a placeholder', () => {
  const hidden = SOURCES.filter(({ text }) =>
    /\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\s+\$\{/.test(text),
  );
  expect(hidden.map(({ file }) => file).sort()).toEqual([
    'src/modules/analytics/audit/proxy/sql/comparing.ts',
    'src/modules/analytics/folding/proxy/sql/add-to.ts',
    'src/modules/privacy/proxy/sql/erase-rows.ts',
  ]);
});
