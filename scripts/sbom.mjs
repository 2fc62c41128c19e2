import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/**
 * Writes the list of production dependencies to sbom.json (CycloneDX), or to the given file.
 *
 * `npm sbom --omit dev` also leaves out packages that production and a development tool both need, such as `pg` and
 * `@nestjs/core`. So this asks for all packages, and removes those that only development needs.
 */
const all = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    encoding: 'utf8',
    maxBuffer: 256 * 1_048_576,
    // On Windows, npm is a script of its shell.
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'inherit'],
  }),
);

const isDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

const components = all.components.filter((component) => !isDevelopment(component));
const kept = new Set([
  all.metadata.component['bom-ref'],
  ...components.map((component) => component['bom-ref']),
]);
const dependencies = all.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({
    ref,
    dependsOn: dependsOn.filter((other) => kept.has(other)),
  }));

writeFileSync(
  process.argv[2] ?? 'sbom.json',
  `${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`,
);
