import { spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How to start a program as somebody who is not root. */
export interface Runner {
  /** Prefix of the command line. */
  readonly prefix: string[];
  readonly uid?: number;
  readonly gid?: number;
  /** Gives a file or folder to that user. */
  own(path: string): void;
}

const AS_OURSELVES: Runner = { prefix: [], own: () => {} };

/**
 * PostgreSQL refuses to run as root. Root (usual in containers) hands it to the user `postgres`, or to
 * `nobody`, which every system has, rather than adding a user to somebody's machine.
 *
 * That user may be unable to enter the folder of this project (`/root`, a private temporary folder). There
 * the program is given the one capability to pass by folder permissions, by `setpriv`.
 */
export function unprivileged(folders: string[]): Runner {
  if (process.getuid?.() !== 0) return AS_OURSELVES;
  const { uid, gid } = userIds('postgres') ?? userIds('nobody') ?? { uid: 65_534, gid: 65_534 };
  const own = (path: string) => chownSync(path, uid, gid);
  if (folders.every(anybodyMayEnter)) return { prefix: [], uid, gid, own };
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const capability = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  // Without this, access(2) ignores the capability, and PostgreSQL does not find its own program.
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
