import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const STOP_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 50;

/**
 * After an abnormal end `postmaster.pid` is left behind. PostgreSQL itself clears it when no process has that
 * number; it refuses to start when the number has since been given to another program. And a PostgreSQL that
 * outlived its parent is asked to end: the caller holds the lock of this data folder, so it is nobody else's.
 */
export async function clearStaleLock(dataDir: string): Promise<void> {
  const lock = join(dataDir, 'postmaster.pid');
  const pid = readPid(lock);
  if (pid === undefined) return;
  if (isPostgres(pid)) {
    process.kill(pid, 'SIGINT');
    const deadline = Date.now() + STOP_WITHIN_MS;
    while (isPostgres(pid) && Date.now() < deadline) await delay(LOOK_EVERY_MS);
    if (isPostgres(pid)) throw new Error(`PostgreSQL (process ${pid}) still uses ${dataDir} and does not end.`);
  }
  rmSync(lock, { force: true });
}

function readPid(lock: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(lock, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

function isPostgres(pid: number): boolean {
  switch (process.platform) {
    case 'linux':
      return isPostgresInProc(pid);
    case 'win32':
      return listing('tasklist', ['/fi', `PID eq ${pid}`]).includes('postgres');
    default:
      return listing('ps', ['-o', 'comm=', '-p', String(pid)]).endsWith('postgres');
  }
}

/** Slim containers have no `ps`. A zombie holds nothing any more. */
function isPostgresInProc(pid: number): boolean {
  try {
    const [, command, state] = /\((.*)\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return command === 'postgres' && state !== 'Z';
  } catch {
    return false;
  }
}

function listing(command: string, args: string[]): string {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout.trim();
}
