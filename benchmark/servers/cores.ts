import { spawnSync } from 'node:child_process';

/**
 * Limits this process, and all processes that it will start, to the first cores.
 * @returns what was done, for the report
 */
export function pinTo(cores: number): string {
  const list = cores === 1 ? '0' : `0-${cores - 1}`;
  const { status } = spawnSync('taskset', ['-acp', list, String(process.pid)], { stdio: 'ignore' });
  return status === 0 ? `pinned to cores ${list}` : 'not pinned: there is no taskset';
}
