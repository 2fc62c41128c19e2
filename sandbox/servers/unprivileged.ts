import { spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How to start a program as a user who is not root. */
export interface Runner {
  /** The beginning of the command line. */
  readonly prefix: string[];
  readonly uid?: number;
  readonly gid?: number;
  /** Makes that user the owner of a file or folder. */
  own(path: string): void;
}

const AS_OURSELVES: Runner = { prefix: [], own: () => {} };

/**
 * PostgreSQL refuses to run as root. Root (usual in containers) runs it as the user `postgres`, or as `nobody`, which
 * every system has. No user is added to the machine.
 *
 * That user may not be allowed to enter this project's folder (`/root`, a private temporary folder). Then `setpriv`
 * gives the program one capability: to ignore folder permissions.
 */
export function unprivileged(folders: string[]): Runner {
  if (process.getuid?.() !== 0) return AS_OURSELVES;
  const { uid, gid } = userIds('postgres') ?? userIds('nobody') ?? { uid: 65_534, gid: 65_534 };
  const own = (path: string) => chownSync(path, uid, gid);
  if (folders.every(anybodyMayEnter)) return { prefix: [], uid, gid, own };
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const capability = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  // Otherwise access(2) ignores the capability, and PostgreSQL does not find its own program.
  const keep = ['--securebits=+no_setuid_fixup'];
  return { prefix: ['setpriv', ...identity, ...keep, ...capability], own };
}

function userIds(name: string): { uid: number; gid: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : Number.NaN;
  });
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid: uid!, gid: gid! } : undefined;
}

function anybodyMayEnter(folder: string): boolean {
  const OTHERS_MAY_ENTER = 0o001;
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & OTHERS_MAY_ENTER) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
