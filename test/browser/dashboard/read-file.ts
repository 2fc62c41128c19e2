import { expect } from 'vitest';
import type { Value } from './read-page.ts';

/** The lines of a file of the page, which says that it is UTF-8. */
export async function linesOf(download: { createReadStream(): Promise<NodeJS.ReadableStream> }) {
  let text = '';
  for await (const chunk of await download.createReadStream()) text += String(chunk);
  expect(text.startsWith('\uFEFF')).toBe(true);
  return text.slice(1).trimEnd().split('\r\n');
}

/** As a file has it. */
export const quoted = (value: Value): string => {
  const text = value === null ? '' : String(value);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
