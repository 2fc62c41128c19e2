/// <reference types="vite/types/importMeta.d.ts" />
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORIGINAL_COLUMNS } from '../builders/original-table.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { statements } from './all-statements.ts';

const sources = import.meta.glob<string>(['../../src/**/*.ts', '!../../src/**/*.spec.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
/** A statement in a source, with the beginning of its name: a function may build the rest. */
const WRITTEN = /\bstatement\(\{(?:\s*name: \[?['"`]([a-z-]+))?/g;
const isFound = (file: string, beginning: string | undefined): boolean =>
  statements.some(
    (one) => one.file === file && beginning !== undefined && one.name.startsWith(beginning),
  );

let database: TestDatabase;
let client: pg.Client;
let typeNames: Map<number, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  const { host, port, user, password } = database.pool.options;
  client = new pg.Client({ ...{ host, port, user, password, database: database.name } });
  await client.connect();
  await client.query(`CREATE TABLE user_progress_original ${ORIGINAL_COLUMNS}`);
  const { rows } = await client.query<{ oid: number; name: string }>(
    `SELECT oid, CASE WHEN typelem <> 0 AND typname LIKE '\\_%'
                      THEN substr(typname, 2) || '[]' ELSE typname END AS name FROM pg_type`,
  );
  typeNames = new Map(rows.map(({ oid, name }) => [oid, name]));
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What PostgreSQL says that the statement returns, which is not executed: name and type of each column. */
function describeResult(text: string): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    let columns: Record<string, string> = {};
    client.query({
      submit({ parse, describe: ask, sync }: Record<string, any>) {
        const connection = (client as unknown as { connection: object }).connection;
        parse.call(connection, { name: '', text, types: [] });
        ask.call(connection, { type: 'S', name: '' });
        sync.call(connection);
      },
      handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }) {
        columns = Object.fromEntries(
          fields.map(({ name, dataTypeID }) => [name, typeNames.get(dataTypeID) ?? '?']),
        );
      },
      handleReadyForQuery: () => resolve(columns),
      handleError: reject,
    } as unknown as pg.Submittable);
  });
}

describe('every statement', () => {
  it('is found by this test, also one that a function builds', () => {
    expect(statements.length).toBeGreaterThan(50);
    const missed = Object.entries(sources).flatMap(([file, source]) =>
      [...source.matchAll(WRITTEN)]
        .map(([, beginning]) => beginning)
        .filter((beginning) => !isFound(file, beginning))
        .map((beginning) => `${file}: ${beginning}`),
    );
    expect(missed, 'export it, and add its function to BUILT').toEqual([]);
  });

  it('has a name of its own, in kebab-case: it is what PostgreSQL prepares it under', () => {
    const texts = new Map<string, string>();
    for (const { name, text } of statements) {
      expect(name).toMatch(/^[a-z]+(-[A-Za-z]+)*$/);
      expect(texts.get(name) ?? text, `another statement is called ${name}`).toBe(text);
      texts.set(name, text);
    }
  });

  it.each(statements.map((one) => [one.name, one] as const))(
    '%s returns the columns that its rows are typed by',
    async (_name, { text, columns, file }) => {
      expect(columns, `a statement of ${file} does not describe its columns`).toBeDefined();
      const expected = Object.fromEntries(
        Object.entries(columns!).map(([name, { type }]) => [name, type]),
      );
      expect(await describeResult(text)).toEqual(expected);
    },
  );
});
