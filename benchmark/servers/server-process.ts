import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from '../../sandbox/servers/child.ts';

export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

/**
 * Starts a Node server that logs to a file, as in production, and not through this process. Resolves when it listens.
 */
export async function startServer(
  name: string,
  program: string[],
  port: number,
  environment: NodeJS.ProcessEnv,
  logFolder: string,
): Promise<ServerProcess> {
  const log = join(logFolder, `${name}-${port}.log`);
  const child = startChild(
    name,
    'sh',
    ['-c', 'log=$1; shift; exec "$@" >"$log" 2>&1', 'sh', log, process.execPath, ...program],
    { environment: { ...process.env, NODE_ENV: 'production', ...environment } },
  );
  const deadline = performance.now() + READY_WITHIN_MS;
  let ended = false;
  void child.exited.then(() => (ended = true));
  while (!(await listens(port))) {
    if (ended || performance.now() > deadline) {
      const said = lastLines(log);
      await child.stop();
      throw new Error(`${name} did not start:\n${said}`);
    }
    await delay(LOOK_EVERY_MS);
  }
  return { pid: child.pid, port, stop: () => child.stop() };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function lastLines(log: string): string {
  try {
    return readFileSync(log, 'utf8').slice(-2_000);
  } catch {
    return '';
  }
}
