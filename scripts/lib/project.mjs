// Plain JavaScript for Node 20 and later: this runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whenParentEnds } from './parent.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const windows = process.platform === 'win32';
/** The first Node that runs TypeScript without a build; some libraries need 22 anyway. */
const OLDEST_USABLE_NODE = [22, 18];

/**
 * Installs what package-lock.json names and node_modules lacks. Prints nothing when nothing is missing.
 * @param {{ withoutDevelopment?: boolean }} options whether tools for building and testing may be missing
 */
export function ensureInstalled({ withoutDevelopment = false } = {}) {
  if (isInstalled(withoutDevelopment)) return;
  console.log('Installing the dependencies (about a minute the first time) …');
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status } = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: windows,
  });
  if (status !== 0) {
    console.error('npm ci did not succeed; see above.');
    process.exit(1);
  }
}

function isInstalled(withoutDevelopment) {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    if (present[path]) return present[path].version === entry.version;
    // npm does not install packages for other platforms.
    const dispensable = entry.optional || entry.devOptional;
    return dispensable || (entry.dev && withoutDevelopment);
  });
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(join(root, lockfile), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** The project's own Node, or this one if it is new enough. */
export function projectNode() {
  const system = `${windows ? 'win' : process.platform}-${process.arch}`;
  const own = [`node-${system}`, `node-bin-${system}`]
    .map((name) => join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node'))
    .find((path) => existsSync(path));
  if (own) return realpathSync(own);
  if (isUsable(process.versions.node)) return process.execPath;
  console.error(
    `This is Node ${process.versions.node}, and no newer one could be installed for this system. ` +
      'Install Node 24 from https://nodejs.org, then try again.',
  );
  process.exit(1);
}

function isUsable(version) {
  const [major, minor] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_USABLE_NODE;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** Runs a script of this project under the project's Node, and ends with its exit code. */
export function handOver(args) {
  const child = spawn(projectNode(), args, { cwd: root, stdio: 'inherit' });
  // A terminal sends Ctrl-C to both processes. Pass on a signal sent to this one only.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  whenParentEnds(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

/** Loads the configuration from `.env`, if there is one. The environment overrides it. */
export function loadDotEnv() {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile?.(file);
}
