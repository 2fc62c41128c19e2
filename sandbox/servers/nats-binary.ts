import { findProgram, installPackage } from './system-program.ts';

const NAME = 'nats-server';

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
  const found = findProgram([NAME]);
  if (found) return found;
  installPackage(NAME, say);
  const installed = findProgram([NAME]);
  if (installed) return installed;
  const how = HOW_TO_INSTALL[process.platform] ?? 'see https://nats.io/download';
  throw new Error(
    `nats-server is not on this machine. Install it, then try again:\n  ${how}\n` +
      'Downloads for every system: https://nats.io/download. Or set NATS_URL to a server that you have.',
  );
}
