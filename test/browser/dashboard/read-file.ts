import { expect } from 'vitest';
import type { Value } from './read-page.ts';

/** Of a file that was saved: its lines. */
export async function linesOf(download: { createReadStream(): Promise<NodeJS.ReadableStream> }) {
  let text = '';
  for await (const chunk of await download.createReadStream()) text += String(chunk);
  expect(text.startsWith('\uFEFF')).toBe(true);
  return text.slice(1).trimEnd().split('\r\n');
}

/** A value as it stands in a file. */
export const quoted = (value: Value): string => {
  const text = value === null ? '' : String(value);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
