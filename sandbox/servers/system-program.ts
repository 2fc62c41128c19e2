import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders where packages install programs; not every user's PATH has them. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin'];

/** The path of the first of these programs that this machine has. */
export function findProgram(names: string[]): string | undefined {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...USUAL_FOLDERS];
  return names
    .flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name + suffix)))
    .find(isExecutable);
}

/**
 * Installs a package of the system's, if that needs no password. Whether it worked is seen by looking for its program.
 * @param say is told that it will take some seconds
 */
export function installPackage(name: string, say: (message: string) => void): void {
  const install = unattendedInstall(name);
  if (!install) return;
  say(`Installing ${name} from the system’s packages (some seconds) …`);
  for (const [command, ...args] of install) {
    spawnSync(command, args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
}

function unattendedInstall(name: string): [string, ...string[]][] | undefined {
  if (process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
    return [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', name],
    ];
  }
  if (process.platform === 'darwin') return [['brew', 'install', '--quiet', name]];
  return undefined;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
