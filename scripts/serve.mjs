// The second half of `npm start`, on the project's own Node: build, then serve.
import { build } from './build.ts';
import { loadDotEnv, root } from './lib/project.mjs';
import { whenParentEnds } from './lib/parent.mjs';

process.chdir(root);
loadDotEnv();
if (!build()) process.exit(1);

if (process.env.NODE_ENV === 'production') {
  whenParentEnds(() => process.kill(process.pid, 'SIGTERM'));
  await import('../dist/main.js');
} else {
  const { start } = await import('../sandbox/start.ts');
  const stop = await start({ watch: process.argv.includes('--watch') });
  whenParentEnds(stop);
}
