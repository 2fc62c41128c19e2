import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText } from './page.ts';

const FOLDER = join('packages', 'player');
const page = readText(join(FOLDER, 'README.md'));
const links = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!);

describe('packages/player/README.md', () => {
  it('leads to each example, and to nothing that is not there', () => {
    const pages = globSync('examples/*.html').map((path) => basename(path, '.html'));
    const linked = links.map((path) => basename(path).replace(/\.\w+$/, ''));
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.filter((name) => !linked.includes(name))).toEqual([]);
    expect(links.filter((path) => !existsSync(join(FOLDER, path)))).toEqual([]);
  });

  // localForage#943
  it('says what a learner who was away for a week may lose in Safari', () => {
    expect(page).toMatch(/\*\*Safari\*\* deletes .* seven days/);
  });
});
