import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

/** Script and style in all languages, compressed. */
const BYTES_MAXIMUM = 60_000;

const folder = join(import.meta.dirname, '..', '..', 'dist', 'web', 'assets');
const files = globSync('*.{js,css}', { cwd: folder });
const read = (name: string) => readFileSync(join(folder, name));

it('all of the dashboard’s script and style is small enough for a telephone', () => {
  expect(files.length).toBeGreaterThan(2);
  const bytes = files.reduce((sum, name) => sum + read(`${name}.gz`).length, 0);
  expect(bytes).toBeLessThanOrEqual(BYTES_MAXIMUM);
});

it('every file is there in each coding, with the same content', () => {
  for (const name of files) {
    expect(gunzipSync(read(`${name}.gz`)).equals(read(name)), name).toBe(true);
    expect(brotliDecompressSync(read(`${name}.br`)).equals(read(name)), name).toBe(true);
  }
});
