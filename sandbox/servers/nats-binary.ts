import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders where packages install it; not every user's PATH has them. */
const USUAL_PLACES = ['/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin'];

const HOW_TO_INSTALL: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'sudo apt-get install nats-server   (Debian, Ubuntu), or your distribution’s package',
  darwin: 'brew install nats-server',
  win32: 'winget install NATSAuthors.NATSServer   or   choco install nats-server',
};

/**
 * Path of `nats-server`: found on this machine, else installed from the system's packages if that needs no password.
 * @throws Error with instructions for this operating system.
 */
export function ensureNatsServer(say: (message: string) => void): string {
  const found = findNatsServer();
  if (found) return found;
  const install = unattendedInstall();
  if (install) {
    say('Installing nats-server from the system’s packages (some seconds) …');
    for (const [command, ...args] of install) {
      spawnSync(command, args, {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    }
    const installed = findNatsServer();
    if (installed) return installed;
  }
  const how = HOW_TO_INSTALL[process.platform] ?? 'see https://nats.io/download';
  throw new Error(
    `nats-server is not on this machine. Install it, then try again:\n  ${how}\n` +
      'Downloads for every system: https://nats.io/download. Or set NATS_URL to a server that you have.',
  );
}

function findNatsServer(): string | undefined {
  const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...USUAL_PLACES].filter(
    Boolean,
  );
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function unattendedInstall(): [string, ...string[]][] | undefined {
  if (process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
    return [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'nats-server'],
    ];
  }
  if (process.platform === 'darwin') return [['brew', 'install', '--quiet', 'nats-server']];
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
