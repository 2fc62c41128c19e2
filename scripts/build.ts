import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

const root = dirname(import.meta.dirname);
const source = join(root, 'src');
const output = join(root, 'dist');
const bundled = join(output, 'web');
const stamp = join(output, '.built');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const nodeTypes = join(root, 'node_modules', '@types', 'node');
const inputs = ['tsconfig.json', 'package-lock.json'].map((name) => join(root, name));
const player = join(root, 'packages', 'player');
const web = join(root, 'web');

/** Compiler options for both modes, so that they share the incremental state. */
export const COMPILE: string[] = [
  compiler,
  '-p',
  root,
  '--incremental',
  '--tsBuildInfoFile',
  join(output, '.tsbuildinfo'),
];

/** Builds the service, and the player and the dashboard if their sources are there. @returns whether they can be used */
export function build(): boolean {
  return buildService() && buildPlayer() && buildDashboard();
}

/**
 * Compiles src into dist, and copies what is not TypeScript (translations). Does nothing when dist is newer than its
 * sources, or when the compiler is not installed, as in production.
 */
function buildService(): boolean {
  const files = filesBelow(source);
  if (isUpToDate(stamp, files, inputs)) return true;
  // TypeScript may be installed as a dependency of another package. The types are installed only with the development
  // tools.
  if (!existsSync(compiler) || !existsSync(nodeTypes)) {
    if (existsSync(join(output, 'main.js'))) return true;
    console.error(
      'The service is not built, and its compiler is not installed: npm ci --include=dev',
    );
    return false;
  }
  console.log('Building …');
  const startedAt = new Date();
  removeOrphans();
  const { status } = spawnSync(process.execPath, COMPILE, { stdio: 'inherit' });
  if (status !== 0) return false;
  for (const file of files) copyAsset(file);
  leaveStamp(stamp, startedAt);
  return true;
}

/** Bundles the player into its own dist. The image of the service has neither its sources nor its tools. */
function buildPlayer(): boolean {
  return bundle({
    what: 'the player',
    program: join(player, 'build.ts'),
    files: [join(player, 'src')],
    built: join(player, 'dist', '.built'),
  });
}

/** Bundles the dashboard into dist/web, from where the service serves it. */
function buildDashboard(): boolean {
  return bundle({
    what: 'the dashboard',
    program: join(web, 'build.ts'),
    files: ['src', 'index.html', 'codegen.ts', 'vite.config.ts'].map((name) => join(web, name)),
    built: join(bundled, '.built'),
  });
}

interface Bundle {
  what: string;
  program: string;
  /** Files and folders that it is made of, beside the program. */
  files: string[];
  /** Its stamp. */
  built: string;
}

function bundle({ what, program, files, built }: Bundle): boolean {
  if (!existsSync(program) || !existsSync(join(root, 'node_modules', 'vite'))) return true;
  // Its documents are checked against the schema.
  const inputs = [program, join(source, 'schema.gql')];
  const sources = files.flatMap((path) => (statSync(path).isFile() ? [path] : filesBelow(path)));
  if (isUpToDate(built, sources, inputs)) return true;
  console.log(`Building ${what} …`);
  const startedAt = new Date();
  if (spawnSync(process.execPath, [program], { stdio: 'inherit' }).status !== 0) return false;
  leaveStamp(built, startedAt);
  return true;
}

/** A source saved while the build ran is newer than this, so it is built next time. */
function leaveStamp(path: string, startedAt: Date): void {
  writeFileSync(path, '');
  utimesSync(path, startedAt, startedAt);
}

/** Copies a file of src to its place in dist, unless the compiler handles it, or it was deleted. */
export function copyAsset(file: string): void {
  if (file.endsWith('.ts') || !statSync(file, { throwIfNoEntry: false })?.isFile()) return;
  const target = join(output, relative(source, file));
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(file, target);
}

function isUpToDate(stamp: string, files: string[], inputs: string[]): boolean {
  if (!existsSync(stamp)) return false;
  const builtAt = statSync(stamp).mtimeMs;
  const folders = new Set(files.map((file) => dirname(file)));
  return [...files, ...folders, ...inputs].every((path) => statSync(path).mtimeMs < builtAt);
}

/** Deletes the output of a deleted source: it would stay as a stale module, or even run as a migration. */
function removeOrphans(): void {
  if (!existsSync(output)) return;
  for (const file of filesBelow(output)) {
    if (file.startsWith(bundled + sep)) continue;
    const from = join(source, relative(output, file));
    const origin = from.replace(/\.js(\.map)?$/, '.ts');
    if (!basename(file).startsWith('.') && !existsSync(from) && !existsSync(origin)) rmSync(file);
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Node gives the program as it was called: through a link, or on Windows with the drive in another case. */
function isProgram(): boolean {
  const [, program] = process.argv;
  if (program === undefined || !existsSync(program)) return false;
  return realpathSync.native(program) === realpathSync.native(import.meta.filename);
}

if (isProgram() && !build()) process.exit(1);
