// `npm test`, on any Node from 20: installs what is missing, then runs vitest on the project's own Node.
import { join } from 'node:path';
import { ensureInstalled, handOver, root } from './lib/project.mjs';

ensureInstalled();
const args = process.argv.slice(2);
const mode = args.includes('--watch') ? 'watch' : 'run';
handOver([
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  mode,
  ...args.filter((arg) => arg !== '--watch'),
]);
