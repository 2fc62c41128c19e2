import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Results } from '../results.ts';
import { chart } from './chart.ts';
import { markdown } from './markdown.ts';

const folder = join(import.meta.dirname, '..', 'results');

/** Prints the results, and writes them: figures as JSON, tables as Markdown, the chart as SVG. */
export function report(results: Results): void {
  const name = nameOf(results);
  const files: Record<string, string> = {
    [`${name}.json`]: `${JSON.stringify(results, null, 2)}\n`,
    [`${name}.md`]: markdown(results),
    ...(results.lines.length > 0 && (name === 'latest' || name === 'against')
      ? { [`${name}.svg`]: chart(results) }
      : {}),
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  console.log(`\n${files[`${name}.md`]}`);
  const written = Object.keys(files).map((file) => relative(process.cwd(), join(folder, file)));
  console.log(`Written: ${written.join(', ')}`);
}

/** A comparison with another build is about that build only, so it is not kept in the repository. */
function nameOf({ growth, analytics, options }: Results): string {
  if (growth.length > 0) return 'growth';
  if (analytics.length > 0) {
    if (options['queriesOnly'] === true) return 'analytics-queries';
    return options['foldingOnly'] === true ? 'analytics-folding' : 'analytics';
  }
  if (options['starts'] === true) return 'starts';
  if (options['sizes'] === true) return 'sizes';
  return options['against'] ? 'against' : 'latest';
}
