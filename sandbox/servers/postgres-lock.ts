import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const WAIT_MS = 15_000;
const LOOK_EVERY_MS = 50;

/**
 * After a crash, `postmaster.pid` is left behind. PostgreSQL removes it when no process has that number, but refuses to
 * start when another program has the number now.
 * @throws Error when a PostgreSQL with this data does not end: two of them would destroy the data.
 */
export async function clearStaleLock(dataDir: string): Promise<void> {
  const lock = join(dataDir, 'postmaster.pid');
  const pid = readPid(lock);
  if (pid === undefined) return;
  // A PostgreSQL whose parent was just killed is about to end.
  const deadline = performance.now() + WAIT_MS;
  while (isPostgres(pid)) {
    if (performance.now() > deadline) {
      throw new Error(
        `PostgreSQL (process ${pid}) uses ${dataDir}: is this already running elsewhere?`,
      );
    }
    await delay(LOOK_EVERY_MS);
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

/** Slim containers have no `ps`. A zombie holds no files any more. */
function isPostgresInProc(pid: number): boolean {
  try {
    const [, command, state] =
      /\((.*)\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return command === 'postgres' && state !== 'Z';
  } catch {
    return false;
  }
}

function listing(command: string, args: string[]): string {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout.trim();
}
