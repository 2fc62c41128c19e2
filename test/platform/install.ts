import { spawn } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const compiler = join(folder, '../../node_modules/typescript/bin/tsc');

/** The versions of NestJS that the replica exists for. */
export const NEST_VERSIONS = [10, 11, 12] as const;
export type NestVersion = (typeof NEST_VERSIONS)[number];

export const nestFolder = (version: NestVersion) => join(folder, `nest-${version}`);

/**
 * Installs the replica's libraries and compiles it, where either is missing or older than what it is made from. Costs
 * nothing otherwise.
 * @throws Error with the output of what failed.
 */
export async function installPlatform(say: (message: string) => void): Promise<void> {
  const missing = NEST_VERSIONS.map(nestFolder).some((nest) => !isInstalled(nest));
  if (missing) say('Installing the platform’s replica (some seconds the first time) …');
  await Promise.all(NEST_VERSIONS.map((version) => installVersion(nestFolder(version))));
}

async function installVersion(nest: string): Promise<void> {
  if (!isInstalled(nest)) {
    await run(
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      nest,
    );
  }
  const stamp = join(nest, 'dist', '.built');
  if (timeOf(stamp) > Math.max(...sources(nest).map(timeOf))) return;
  const startedAt = new Date();
  await run(process.execPath, [compiler, '-p', nest], nest);
  writeFileSync(stamp, startedAt.toISOString());
}

function isInstalled(nest: string): boolean {
  const installed = timeOf(join(nest, 'node_modules', '.package-lock.json'));
  return installed > timeOf(join(nest, 'package-lock.json'));
}

function sources(nest: string): string[] {
  const files = readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true });
  return [
    ...files.map((entry) => join(entry.parentPath, entry.name)),
    join(nest, 'node_modules', '.package-lock.json'),
    join(nest, 'tsconfig.json'),
    join(folder, 'tsconfig.services.json'),
  ];
}

/** When the file was last changed, in milliseconds; 0 where there is none. */
const timeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function run(command: string, args: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new Error(`${command} ${args.join(' ')} in ${cwd} ended with ${code}:\n${output}`));
    });
  });
}
