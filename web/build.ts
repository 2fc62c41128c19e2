/** Builds the dashboard into `dist/web`, each file also compressed. Called by the service's build. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { generateDocuments } from './codegen.ts';

const folder = import.meta.dirname;
const output = join(folder, '..', 'dist', 'web');

/** As small as can be: it is done once, and read by everybody. */
function compress(path: string): void {
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
  writeFileSync(`${path}.br`, brotliCompressSync(content));
}

// A query that does not fit the schema ends the build here.
await generateDocuments();
await build({ configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' });
for (const file of globSync('assets/*.{js,css}', { cwd: output })) compress(join(output, file));
