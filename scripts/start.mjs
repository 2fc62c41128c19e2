// `npm start`, on any Node from 20: installs what is missing, then runs the service on the project's own Node.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, handOver, loadDotEnv, projectNode, root } from './lib/project.mjs';

loadDotEnv();
const built = existsSync(join(root, 'dist', 'main.js'));
ensureInstalled({ withoutDevelopment: built && process.env.NODE_ENV === 'production' });

if (projectNode() === process.execPath) await import('./serve.mjs');
else handOver([join(root, 'scripts', 'serve.mjs'), ...process.argv.slice(2)]);
