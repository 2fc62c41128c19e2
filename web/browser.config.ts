import { mergeConfig } from 'vitest/config';
import tests from '../vitest.config.ts';

/**
 * Programs that need a service and a browser, as the tests do: `npm run web:screenshots` has pictures of each page, in
 * the folder SCREENSHOTS (`.data/screenshots`); `npm run web:speed` measures how soon each page is there.
 */
const [alone] = tests.test!.projects!.slice(-1);

export default mergeConfig(
  { ...tests, test: { ...tests.test, projects: undefined } },
  {
    test: {
      ...(alone as { test: object }).test,
      include: ['test/browser/dashboard/{screenshots,speed}.ts'],
      // The whole past of the sandbox is stored first.
      hookTimeout: 180_000,
      testTimeout: 60_000,
    },
  },
);
