import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { build } from '../../scripts/build.ts';
import type { LogLine } from './logs.ts';
import { TEST_SECRET } from './tokens.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface BuiltProgram {
  readonly pid: number;
  /** The exit code, or 128 and the signal's number. */
  readonly exited: Promise<number>;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output, line by line. @throws SyntaxError if one is not JSON */
  lines(): LogLine[];
  kill(signal: NodeJS.Signals): void;
}

export interface BuiltProgramOptions {
  /** All variables that it has, beside PATH. */
  environment: NodeJS.ProcessEnv;
  args?: string[];
  /** Options of Node itself. */
  node?: string[];
  /** A descriptor for standard output, and one for standard error, instead of ours. */
  output?: number;
  errors?: number;
}

/** What a service in production needs, but its database. Nobody is at these addresses. */
export const ELSEWHERE = {
  NODE_ENV: 'production',
  NATS_URL: 'nats://127.0.0.1:1',
  JWT_SECRET: TEST_SECRET,
};

/** Starts a program of `dist/`, as an operator does. */
export function startBuilt(program: string, options: BuiltProgramOptions): BuiltProgram {
  const { environment, args = [], node = [], output = 'pipe', errors = 'pipe' } = options;
  if (!build()) throw new Error('The service is not built');
  const child = spawn(process.execPath, [...node, join(ROOT, 'dist', program), ...args], {
    stdio: ['ignore', output, errors],
    env: { PATH: process.env['PATH'], ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
  const exited = new Promise<number>((resolve) => {
    child.once('close', (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']),
    );
  });
  return {
    pid: child.pid ?? -1,
    exited,
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
    lines: () =>
      stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as LogLine),
    kill: (signal) => void child.kill(signal),
  };
}
