import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codes, readText, tablesBelow } from './page.ts';

const entries = tablesBelow(readText('docs/glossary.md'), '# Glossary').flat();

describe('docs/glossary.md', () => {
  it('has each word once', () => {
    const words = entries.map(([word]) => word);
    expect(words).toEqual([...new Set(words)]);
  });

  it('names what is in the code', () => {
    const sources = globSync('{src,sandbox}/**/*.ts', { exclude: ['**/*.spec.ts'] })
      .map(readText)
      .join('\n');
    const found = (name: string) =>
      new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}(?!\\w)`).test(sources);
    for (const [word, , names] of entries) {
      expect.soft(codes(names!), word).not.toEqual([]);
      expect
        .soft(
          codes(names!).filter((name) => !found(name)),
          word,
        )
        .toEqual([]);
    }
  });
});
