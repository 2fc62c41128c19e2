import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// `npm run analytics:controls`: arguments are vitest's, for instance `-t 'at risk'`.
const root = join(import.meta.dirname, '../../../..');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const spec = 'test/database/analytics-controls.spec.ts';
const { status } = spawnSync(process.execPath, [vitest, 'run', spec, ...process.argv.slice(2)], {
  ...{ cwd: root, stdio: 'inherit' },
  env: { ...process.env, ANALYTICS_CONTROLS: 'true' },
});
process.exitCode = status ?? 1;
