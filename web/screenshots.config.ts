import { mergeConfig } from 'vitest/config';
import tests from '../vitest.config.ts';

/** `npm run web:screenshots`: pictures of each page, in the folder SCREENSHOTS (`.data/screenshots`). */
const [alone] = tests.test!.projects!.slice(-1);

export default mergeConfig(
  { ...tests, test: { ...tests.test, projects: undefined } },
  {
    test: {
      ...(alone as { test: object }).test,
      include: ['test/browser/dashboard/screenshots.ts'],
    },
  },
);
