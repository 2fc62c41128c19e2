import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('SECURITY.md', root), 'utf8');
const held = [...text.matchAll(/`([\w./-]+\.spec\.ts)` “([^”]+)”/g)].map(([, file, name]) => ({
  file: file!,
  name: name!,
}));

it.each(held)('SECURITY.md: $file has “$name”', ({ file, name }) => {
  const path = new URL(file, root);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8').replace(/\s+/g, ' ')).toContain(name);
});

it('SECURITY.md names a test for every control', () => {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (-+|Control|What they need) +\|/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  expect(held).toHaveLength(rows.length);
});
