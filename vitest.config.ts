import { configDefaults, defineConfig } from 'vitest/config';
import { isCitus } from './test/support/citus.ts';
import { PLAIN_ONLY } from './test/support/plain-only.ts';
import { Summary } from './test/support/summary-reporter.ts';

export default defineConfig({
  // As in tsconfig.json, which the transformer reads for files of src only.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  // What Node itself loads: a second copy of graphql, by its 'module' field, knows no type of the first.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: [
      'src/**/*.spec.ts',
      'test/**/*.spec.ts',
      'sandbox/**/*.spec.ts',
      'scripts/**/*.spec.ts',
      'packages/*/test/**/*.spec.ts',
      'benchmark/*/*.spec.ts',
    ],
    exclude: [...configDefaults.exclude, ...(isCitus ? PLAIN_ONLY : ['test/citus/**'])],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['reflect-metadata'],
    pool: 'forks',
    // The framework is loaded once a worker, not once a file: half of the tests' time. What a file leaves behind in a
    // module (metrics, the logger) the next one finds: tests compare before and after.
    isolate: false,
    // A file boots a service or clones a database: seconds on a busy machine, never minutes.
    testTimeout: isCitus ? 100_000 : 20_000,
    hookTimeout: isCitus ? 150_000 : 30_000,
    restoreMocks: true,
    unstubEnvs: true,
    reporters: ['default', new Summary()],
  },
});
