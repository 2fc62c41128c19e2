import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ENVIRONMENT_VARIABLES,
  EnvironmentError,
  loadEnvironment,
} from '../../src/config/environment.js';
import { codes, readText, tablesBelow } from './page.ts';

const page = readText('docs/configuration.md');
const MINIMUM = {
  DB_HOST: 'localhost',
  POSTGRES_USER: 'somebody',
  DB_NAME_USER_PROGRESS: 'progress',
  NATS_URL: 'nats://localhost',
  JWT_SECRET: 'secret',
};

const variables = tablesBelow(page, '## The service')
  .flat()
  .map(([name, standard, , range, meaning]) => ({
    name: codes(name!)[0]!,
    standard: standard!.replaceAll('`', ''),
    range: range!,
    meaning: meaning!,
  }));

describe('docs/configuration.md', () => {
  it('has every variable of the service once, and no other', () => {
    const names = variables.map(({ name }) => name);
    expect(names.toSorted()).toEqual(ENVIRONMENT_VARIABLES.toSorted());
  });

  it('says what every variable means', () => {
    expect(variables.filter(({ meaning }) => meaning === '')).toEqual([]);
  });

  it('marks as required what the service does not start without', () => {
    const required = variables.filter(({ standard }) => standard === 'required');
    const missing = problemsOf({}).map((problem) => problem.split(' ')[0]);
    expect(required.map(({ name }) => name).toSorted()).toEqual(missing.toSorted());
  });

  it('has the defaults', () => {
    const defaults = new Map(Object.entries(loadEnvironment(MINIMUM)));
    for (const { name, standard } of variables) {
      if (standard !== 'required') expect.soft(shown(defaults.get(name)), name).toBe(standard);
    }
  });

  it.each(variables.filter(({ range }) => / to /.test(range)))(
    'has the range of $name',
    ({ name, range }) => {
      const [least, most] = range.split(' to ').map(Number) as [number, number];
      for (const inside of [least, most]) expect(problemsOf(set(name, inside))).toEqual([]);
      for (const outside of [least - 1, most + 1]) {
        expect(problemsOf(set(name, outside))).toHaveLength(1);
      }
    },
  );

  it.each(variables.filter(({ range }) => codes(range).length > 0))(
    'has the values of $name',
    ({ name, range }) => {
      const [problem] = problemsOf(set(name, 'something else'));
      expect(problem).toBe(`${name} is not valid: one of ${codes(range).join(', ')}`);
    },
  );

  it('has every variable of the tests, and no other', () => {
    const sources = globSync('{test,scripts,sandbox}/**/*.{ts,mjs}').map(readText).join('\n');
    const used = new Set(
      sources.match(/\bTEST_(?:(DB|PG|LOG)_[A-Z_]+|CHROMIUM|CITUS(_WORKERS)?)\b/g),
    );
    const documented = tablesBelow(page, '## Tests').flat();
    expect(documented.map(([name]) => codes(name!)[0]).toSorted()).toEqual([...used].toSorted());
  });
});

const set = (name: string, value: string | number): NodeJS.ProcessEnv => ({
  ...MINIMUM,
  [name]: String(value),
});

function problemsOf(source: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadEnvironment(source);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

/** As the page writes it: nothing, and a list of nothing, are “none”. */
function shown(value: unknown): string {
  return value === '' || (Array.isArray(value) && value.length === 0) ? 'none' : String(value);
}
