import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

/**
 * Calls back when npm, or the script that started this one for npm, was killed without a signal to us (SIGKILL).
 * Otherwise this process may outlive its parent: `node scripts/start.mjs &` in a shell.
 */
export function whenParentEnds(then) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const { command, parent: grandparent } = describe(parent);
  // npm runs a script through a shell, which stays between the two unless it replaces itself.
  const npm = /^-?(ba|da|a)?sh$/.test(command) ? grandparent : parent;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    then();
  }, LOOK_EVERY_MS);
  timer.unref();
}

function describe(pid) {
  try {
    const [, command, parent] =
      process.platform === 'linux'
        ? /\((.*)\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
        : /^(.*?)\s+(\d+)$/.exec(
            spawnSync('ps', ['-o', 'comm=,ppid=', '-p', String(pid)], {
              encoding: 'utf8',
            }).stdout.trim(),
          );
    return { command, parent: Number(parent) };
  } catch {
    return { command: '', parent: pid };
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
