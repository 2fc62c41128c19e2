// `npm test`, on any Node from 20: installs and builds what is missing, then runs vitest on the project's own Node.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, handOver, projectNode, root } from './lib/project.mjs';

ensureInstalled();
// Two tests of the built service, side by side, would build it twice into the same folder.
const built = spawnSync(projectNode(), [join(root, 'scripts', 'build.ts')], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
const args = process.argv.slice(2);
const mode = args.includes('--watch') ? 'watch' : 'run';
handOver([
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  mode,
  ...args.filter((arg) => arg !== '--watch'),
]);
