// `npm run player:soak -- --minutes 60`, on any Node from 20: learners who meet every trouble, for so long.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, handOver, projectNode, root } from './lib/project.mjs';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
ensureInstalled();
const built = spawnSync(projectNode(), [join(root, 'scripts', 'build.ts')], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
process.env.SOAK_MINUTES = values.minutes;
if (values.seed) process.env.SOAK_SEED = values.seed;
handOver([
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  'run',
  join('test', 'browser', 'soak.spec.ts'),
]);
