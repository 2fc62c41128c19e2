import { readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

/** A file of the repository, by its path from the root. */
export const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** The cells of a table's rows, without its head. Pipes within cells are written `\|`. */
export type Table = string[][];

/** The tables below a heading of a page, up to the next heading of that level or a higher one. */
export function tablesBelow(page: string, heading: string): Table[] {
  const level = /^#+/.exec(heading)![0].length;
  const start = page.indexOf(`${heading}\n`);
  if (start === -1) throw new Error(`the page has no heading “${heading}”`);
  const rest = page.slice(start + heading.length);
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'));
  return tables(end === -1 ? rest : rest.slice(0, end));
}

function tables(text: string): Table[] {
  const found = text.match(/(^\|.*\n?)+/gm) ?? [];
  return found.map((table) => table.trim().split('\n').slice(2).map(cells));
}

function cells(row: string): string[] {
  const inner = row.replace(/^\||\|$/g, '').split(/(?<!\\)\|/);
  return inner.map((cell) => cell.replaceAll('\\|', '|').trim());
}

/** What stands between backticks, in order. */
export const codes = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
