// `npm run resilience`, on any Node from 20: installs and builds what is missing, then tests the promises.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, handOver, projectNode, root } from './lib/project.mjs';

ensureInstalled();
const built = spawnSync(projectNode(), [join(root, 'scripts', 'build.ts')], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
handOver([join(root, 'test', 'resilience', 'run.ts'), ...process.argv.slice(2)]);
