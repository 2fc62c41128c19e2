import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('SECURITY.md', root), 'utf8');
const held = [...text.matchAll(/`([\w./-]+\.spec\.ts)` “([^”]+)”/g)].map(([, file, name]) => ({
  file: file!,
  name: name!,
}));

/** What a file calls its tests: a name in a comment, or of a test that is left out, holds nothing. */
const titlesIn = (source: string): string[] =>
  [...source.matchAll(/\(\s*(['"`])([^\n]*?)\1,\s*(?:async )?\(/g)].map(([, , title]) => title!);

it.each(held)('SECURITY.md: $file has “$name”', ({ file, name }) => {
  const path = new URL(file, root);
  expect(existsSync(path)).toBe(true);
  const source = readFileSync(path, 'utf8');
  expect(titlesIn(source).filter((title) => title.includes(name))).not.toEqual([]);
  expect(source).not.toMatch(/\b(it|describe|test)\.(skip|todo|only|skipIf|runIf)\b/);
});

it('SECURITY.md names a test for every control', () => {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (-+|Control|What they need) +\|/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  expect(held).toHaveLength(rows.length);
});
