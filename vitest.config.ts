import { configDefaults, defineConfig } from 'vitest/config';
import { breaksBuiltIn } from './test/support/analytics/controls/break-on-purpose.ts';
import { isCitus } from './test/support/citus.ts';
import { PLAIN_ONLY } from './test/support/plain-only.ts';
import { Summary } from './test/support/summary-reporter.ts';

/**
 * Programs and browsers with a schedule of their own, and what measures processor time: tests beside them would use
 * their time, and their caches. One file at a time.
 */
const ALONE = [
  'test/browser/*.spec.ts',
  'test/browser/dashboard/sign-in.spec.ts',
  'test/e2e/processor-time.spec.ts',
  'test/process/**/*.spec.ts',
  'test/resilience/**/*.spec.ts',
];

/** What every test has. The rest is the root's: servers are started once for all tests. */
const shared = {
  // As in tsconfig.json, which the transformer reads for files of src only.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  // What Node itself loads: a second copy of graphql, by its 'module' field, knows no type of the first.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
};

const tests = {
  setupFiles: ['reflect-metadata'],
  // The framework is loaded once a worker, not once a file: half of the tests' time. What a file leaves behind in a
  // module (metrics, the logger) the next one finds: tests compare before and after.
  isolate: false,
  // A file boots a service or clones a database: seconds on a busy machine, never minutes.
  testTimeout: isCitus ? 100_000 : 20_000,
  hookTimeout: isCitus ? 150_000 : 30_000,
  restoreMocks: true,
  unstubEnvs: true,
};

/** `npm run analytics:controls`: with builds that are broken on purpose. */
const controls = process.env['ANALYTICS_CONTROLS'] !== undefined;

const exclude = [
  ...configDefaults.exclude,
  ...(isCitus ? PLAIN_ONLY : ['test/citus/**']),
  ...(controls ? [] : ['test/database/analytics-controls.spec.ts']),
  // `npm run player:soak`
  ...(process.env['SOAK_MINUTES'] === undefined ? ['test/browser/soak.spec.ts'] : []),
];

export default defineConfig({
  ...shared,
  // Projects inherit it.
  plugins: controls ? [breaksBuiltIn] : [],
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', new Summary()],
    projects: [
      {
        ...shared,
        test: {
          ...tests,
          name: 'together',
          include: [
            'src/**/*.spec.ts',
            'test/**/*.spec.ts',
            'sandbox/**/*.spec.ts',
            'scripts/**/*.spec.ts',
            'packages/*/test/**/*.spec.ts',
            'web/test/**/*.spec.ts',
            'benchmark/*/*.spec.ts',
          ],
          exclude: [...exclude, ...ALONE],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...shared,
        test: {
          ...tests,
          name: 'alone',
          include: ALONE,
          exclude,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
