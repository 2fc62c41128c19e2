// Runs one of the service's own built commands with the service's configuration: `command.ts dist/cli/migrate.js run`.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.ts';

const root = dirname(import.meta.dirname);
process.chdir(root);
// The addresses of the parts that a running sandbox has started.
for (const file of ['.env', '.data/environment']) if (existsSync(file)) process.loadEnvFile(file);
if (!build()) process.exit(1);

const [program] = process.argv.splice(2, 1);
process.argv[1] = join(root, program ?? '');
// A path is no address: on Windows it begins like a scheme, and `#` or `%` in it mean something else.
await import(pathToFileURL(process.argv[1]).href);
