import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';

export interface ChildOptions {
  /** The signal that makes this program end cleanly. */
  stopSignal?: NodeJS.Signals;
  /** How long it may take to end, in milliseconds, before it is killed. */
  stopWithinMs?: number;
  /** A folder of temporary data, deleted when the program has ended. */
  removeAfterwards?: string | undefined;
  environment?: NodeJS.ProcessEnv;
  uid?: number | undefined;
  gid?: number | undefined;
  /** `pipe` keeps the output for `output()`; `inherit` shows it; a file descriptor takes it. */
  stdio?: 'pipe' | 'inherit' | number;
}

/** A program that always ends with this process, even when this process is killed. */
export interface Child {
  readonly pid: number;
  /** Resolves with the exit code, or with 128 + the signal's number. */
  readonly exited: Promise<number>;
  /** Its last lines of output, for error messages. */
  output(): string;
  /** Resolves with the match as soon as it writes a matching line; rejects if it ends before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const OUTPUT_CHARACTERS = 20_000;
const windows = process.platform === 'win32';

/**
 * Starts a program in its own process group. So Ctrl-C in a terminal reaches only this process, which then stops its
 * children in order.
 */
export function startChild(
  name: string,
  command: string,
  args: string[],
  options: ChildOptions = {},
): Child {
  const {
    stopSignal = 'SIGTERM',
    stopWithinMs = 10_000,
    stdio = 'pipe',
    removeAfterwards,
  } = options;
  const child = spawn(command, args, {
    stdio: ['ignore', stdio, stdio],
    detached: !windows,
    env: options.environment ?? process.env,
    uid: options.uid,
    gid: options.gid,
  });

  let written = '';
  const keep = (chunk: Buffer) => {
    written = (written + chunk.toString()).slice(-OUTPUT_CHARACTERS);
    child.emit('written');
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);

  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      written += error.message;
      resolve(127);
    });
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']),
    );
  });
  const dismissGuard =
    windows || child.pid === undefined ? () => {} : guard(child.pid, stopSignal, removeAfterwards);
  void exited.then(() => {
    dismissGuard();
    if (removeAfterwards) rmSync(removeAfterwards, { recursive: true, force: true });
  });

  return {
    pid: child.pid ?? -1,
    exited,
    output: () => written.trim(),
    line: (pattern) => waitForLine(name, child, exited, () => written, pattern),
    async stop(signal = stopSignal) {
      child.kill(signal);
      const kill = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await exited;
      clearTimeout(kill);
    },
  };
}

function waitForLine(
  name: string,
  child: ChildProcess,
  exited: Promise<number>,
  written: () => string,
  pattern: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const match = pattern.exec(written());
      if (match) resolve(match);
    };
    child.on('written', look);
    look();
    void exited.then((code) => {
      look();
      reject(new Error(`${name} ended with ${code}:\n${written().trim()}`));
    });
  });
}

// Containers may have no process that collects orphans. Then an ended program stays a zombie: count it as ended.
const GUARD = `
read -r _
kill -s "$0" "$1"
[ -z "$2" ] && exit
while kill -0 "$1" 2>/dev/null && ! grep -qs ') Z ' "/proc/$1/stat"; do sleep 0.1; done
rm -rf "$2"`;

/**
 * A shell that waits on a pipe which only this process holds open. When this process ends, even by SIGKILL, the pipe
 * closes. Then the shell signals the program and cleans up.
 */
function guard(pid: number, signal: NodeJS.Signals, removeAfterwards = ''): () => void {
  const shell = spawn(
    'sh',
    ['-c', GUARD, signal.replace('SIG', ''), String(pid), removeAfterwards],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  );
  shell.unref();
  shell.on('error', () => {});
  const pipe = shell.stdin as typeof shell.stdin & { unref?(): void };
  pipe.unref?.();
  pipe.on('error', () => {});
  return () => shell.kill('SIGKILL');
}
