/** Builds the package into `dist`: modules, the script for plain pages, and types. Called by the service's build. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { build, type LibraryOptions } from 'vite';
import * as documents from './src/sender/documents.ts';

const folder = import.meta.dirname;
const root = join(folder, '..', '..');
const source = (name: string) => join(folder, 'src', name);

const MODULES = {
  'progress-player': source('index.ts'),
  react: source('adapters/react.ts'),
};
const SCRIPT = { 'progress-player': source('index.ts') };

/** A document that the service does not know would lose nothing, and record nothing either. */
function checkDocuments(): void {
  const schema = buildSchema(readFileSync(join(root, 'src', 'schema.gql'), 'utf8'));
  for (const [name, document] of Object.entries(documents)) {
    for (const { message } of validate(schema, parse(document))) {
      throw new Error(`${name} does not fit src/schema.gql: ${message}`);
    }
  }
}

const bundle = (lib: LibraryOptions) =>
  build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    build: {
      lib,
      target: 'es2022',
      emptyOutDir: false,
      // Kept by Vite for modules, which an integrator's own build would minify.
      minify: lib.formats?.includes('iife') ? 'oxc' : false,
      rolldownOptions: { external: ['react'] },
    },
  });

checkDocuments();
rmSync(join(folder, 'dist'), { recursive: true, force: true });
await bundle({ entry: MODULES, formats: ['es'], fileName: (_, name) => `${name}.js` });
await bundle({
  entry: SCRIPT,
  formats: ['iife'],
  name: 'ProgressPlayer',
  fileName: () => 'progress-player.iife.js',
});
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
