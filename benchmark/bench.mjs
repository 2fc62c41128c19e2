// `npm run bench`, on any Node from 20: installs what is missing, then runs on the project's own Node.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, handOver } from '../scripts/lib/project.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

ensureInstalled();
ensurePeersInstalled();
handOver([join(folder, 'run.ts'), ...process.argv.slice(2)]);

function ensurePeersInstalled() {
  if (arePeersInstalled()) return;
  console.log('Installing what the service is measured against (about a minute the first time) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(1);
}

function arePeersInstalled() {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}
