import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const WAIT_MS = 15_000;
const LOOK_EVERY_MS = 50;

/**
 * After an abnormal end `postmaster.pid` is left behind. PostgreSQL itself clears it when no process has that
 * number, but refuses to start when the number has since been given to another program.
 * @throws Error when a PostgreSQL that is still there does not end: two would ruin the data.
 */
export async function clearStaleLock(dataDir: string): Promise<void> {
  const lock = join(dataDir, 'postmaster.pid');
  const pid = readPid(lock);
  if (pid === undefined) return;
  // One whose parent was killed a moment ago is about to end.
  const deadline = Date.now() + WAIT_MS;
  while (isPostgres(pid)) {
    if (Date.now() > deadline) {
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

/** Slim containers have no `ps`. A zombie holds nothing any more. */
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
