/** Builds the package into `dist`: modules, the script for plain pages, and types. Called by the service's build. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { minify } from 'terser';
import { build, type LibraryOptions } from 'vite';
import * as documents from './src/sender/documents.ts';

const folder = import.meta.dirname;
const root = join(folder, '..', '..');
const source = (name: string) => join(folder, 'src', name);

const MODULES = {
  'progress-player': source('index.ts'),
  react: source('adapters/react.ts'),
  vimeo: source('adapters/vimeo.ts'),
  youtube: source('adapters/youtube.ts'),
  testing: source('testing/index.ts'),
};

const SCRIPT = 'progress-player.iife.js';

/** A document that the service does not know would lose nothing, and record nothing either. */
function checkDocuments(): void {
  const schema = buildSchema(readFileSync(join(root, 'src', 'schema.gql'), 'utf8'));
  for (const [name, document] of Object.entries(documents)) {
    for (const { message } of validate(schema, parse(document))) {
      throw new Error(`${name} does not fit src/schema.gql: ${message}`);
    }
  }
}

/** Names that only this package uses: of no browser, document, stored beat, or integrator. */
const INTERNAL =
  /^(accepts|again|anew|ask|askLeaving|breakOff|check|emit|forget|heard|leave|learn|renew|running|sample|seal|sealed|seek|sendLeaving|speaksFor|start|timeAt|unit|within)$/;

const bundle = (lib: LibraryOptions, minify: boolean) =>
  build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    build: {
      lib,
      target: 'es2022',
      emptyOutDir: false,
      minify,
      rolldownOptions: { external: ['react'], output: { generatedCode: { symbols: false } } },
    },
  });

/** Makes the script for plain pages smaller than Vite makes it. */
async function shrink(path: string): Promise<void> {
  const { code } = await minify(readFileSync(path, 'utf8'), {
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true, pure_getters: true, unsafe: true },
    mangle: { properties: { regex: INTERNAL } },
  });
  writeFileSync(path, code!);
}

checkDocuments();
rmSync(join(folder, 'dist'), { recursive: true, force: true });
// An integrator's own build minifies modules.
await bundle({ entry: MODULES, formats: ['es'], fileName: (_, name) => `${name}.js` }, false);
await bundle(
  {
    entry: { 'progress-player': source('index.ts') },
    formats: ['iife'],
    name: 'ProgressPlayer',
    fileName: () => SCRIPT,
  },
  true,
);
await shrink(join(folder, 'dist', SCRIPT));
const types = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    join(folder, 'tsconfig.build.json'),
  ],
  { stdio: 'inherit' },
);
process.exit(types.status ?? 1);
