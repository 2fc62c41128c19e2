import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'progress-paths-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A project that is built already, at that path: one that prints its arguments. */
function projectAt(root: string): string {
  for (const path of ['scripts', 'src', 'dist/cli'])
    mkdirSync(join(root, path), { recursive: true });
  for (const name of ['command.ts', 'build.ts']) {
    copyFileSync(join('scripts', name), join(root, 'scripts', name));
  }
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json']) {
    writeFileSync(join(root, name), '{ "type": "module" }');
  }
  writeFileSync(join(root, 'dist/main.js'), '');
  writeFileSync(join(root, 'dist/cli/echo.js'), 'console.log(process.argv.slice(2).join());');
  return root;
}

const run = (...args: string[]): string =>
  execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

it.each(['plain', 'with space', 'a%20b', 'a#b', 'ü'])(
  'the commands run in a folder called %s',
  (name) => {
    const command = join(projectAt(join(folder, name)), 'scripts', 'command.ts');
    expect(run(command, 'dist/cli/echo.js', 'one', '--two').trim()).toBe('one,--two');
  },
);

it('the build is not left out when it is called through a link', () => {
  const project = projectAt(join(folder, 'linked-to'));
  rmSync(join(project, 'dist/main.js'));
  symlinkSync(project, join(folder, 'link'), 'junction');
  expect(() => run(join(folder, 'link', 'scripts', 'build.ts'))).toThrow(/is not built/);
});

/** What works where a path looks like the path of an address, and fails on Windows. */
const WRONG: [what: string, text: RegExp][] = [
  [
    'a path is imported as if it were an address: pathToFileURL(path).href',
    /\bawait import\((?!\s*(?:['"`]|pathToFileURL\())/,
  ],
  [
    'an address is read as a path: fileURLToPath(url)',
    /import\.meta\.url\)\.pathname|URL\(import\.meta\.url\)\.pathname/,
  ],
  [
    'a path is given to --import or --loader: pathToFileURL(path).href',
    /'--(?:import|loader)',\s*(?:join|resolve)\(/,
  ],
  [
    'npm is no program there: shell',
    /(?:spawn|spawnSync|execFile|execFileSync)\(\s*'npm',(?![^]{0,300}\bshell: )/,
  ],
  [
    'whether a file is the program depends on how its path is written',
    /argv\[1\] === (?:import\.meta|fileURLToPath)/,
  ],
];

const sources = globSync('{src,scripts,sandbox,test,benchmark,packages,web}/**/*.{ts,tsx,mjs,js}', {
  exclude: (path) => /(^|[\\/])(node_modules|dist)$/.test(path),
}).map((file) => ({ file, text: readFileSync(file, 'utf8') }));

it.each(WRONG)('nowhere: %s', (_what, pattern) => {
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)).toEqual([]);
});
