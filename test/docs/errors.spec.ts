import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_STATUS } from '../../src/common/errors/service-error.js';
import { codes, readText, tablesBelow } from './page.ts';

const page = readText('docs/errors.md');
const documentedCodes = tablesBelow(page, '## Codes')[0]!;
const documentedKeys = tablesBelow(page, '## Messages')[0]!;

describe('docs/errors.md', () => {
  it('has every code with its status, and no other', () => {
    const statuses = documentedCodes.map(([code, status]) => [codes(code!)[0], Number(status)]);
    expect(Object.fromEntries(statuses)).toEqual(ERROR_STATUS);
  });

  it('has every message key in the order of its file, and no other', () => {
    const messages = JSON.parse(readText('src/common/i18n/en/errors.json')) as object;
    expect(documentedKeys.map(([key]) => codes(key!)[0])).toEqual(Object.keys(messages));
  });

  it('gives each message key the code that the service throws it with', () => {
    const documented = new Map(
      documentedKeys.map(([key, code]) => [codes(key!)[0], codes(code!)[0]]),
    );
    expect(thrown.length).toBeGreaterThan(20);
    for (const { key, code } of thrown) expect.soft(documented.get(key), key).toBe(code);
  });
});

/** `new NotFoundError('progressNotFound'`: which key the sources throw with which code. */
const THROWN =
  /new (BadUserInput|Unauthenticated|NotFound|Conflict|ServiceUnavailable)Error\(\s*'(\w+)'/g;
const thrown = globSync('src/**/*.ts', { exclude: ['**/*.spec.ts'] }).flatMap((path) =>
  [...readText(path).matchAll(THROWN)].map(([, name, key]) => ({
    key,
    code: name!.replace(/(?<=.)([A-Z])/g, '_$1').toUpperCase(),
  })),
);
