import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { statements } from '../database/all-statements.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Statements of a database that is not distributed yet. */
const BEFORE = /\/adoption\//;
/** `claim-due-of` is for a distributed one. */
const NEVER_SENT = 'outbox-claim-due';
/** Errors of the values below (22: value, 23: constraint): the statement was planned, and began. */
const OF_VALUES = /^2[23]/;

/** A value of each type that parameters have, as SQL: all rows that are named belong to one learner. */
const VALUES: Record<string, string> = {
  'character varying': `'x'`,
  text: `'x'`,
  uuid: `'00000000-0000-7000-8000-000000000001'`,
  integer: '1',
  bigint: '1',
  smallint: '1',
  boolean: 'true',
  'double precision': '1',
  numeric: '1',
  json: `'[{"user_id": "x", "course_id": "x", "lesson_id": "x"}]'`,
  jsonb: `'{}'`,
  bytea: `'x'`,
  interval: `'1 second'`,
  date: `'2026-01-01'`,
  'timestamp with time zone': 'now()',
  int4multirange: `'{[1,2)}'`,
};

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  const { host, port, user, password } = inject('databaseServer');
  client = new pg.Client({ host, port, user, password, database: database.name });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function valuesOf(prepared: string): Promise<string[]> {
  const { rows } = await client.query<{ types: string[] }>(
    'SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = $1',
    [prepared],
  );
  return rows[0]!.types.map((type) => {
    const one = VALUES[type.replace('[]', '')];
    if (one === undefined) throw new Error(`VALUES has no ${type}`);
    return type.endsWith('[]') ? `ARRAY[${one}]::${type}` : `${one}::${type}`;
  });
}

describe('a statement is not refused by Citus', () => {
  it.each(
    statements
      .filter(
        ({ file, name, text }) =>
          !BEFORE.test(file) && name !== NEVER_SENT && !text.startsWith('SET '),
      )
      .map(({ name, text }) => [name, text] as const),
  )('%s', async (_, text) => {
    await client.query('BEGIN');
    try {
      await client.query(`PREPARE statement AS ${text}`);
      const values = await valuesOf('statement');
      const given = values.length > 0 ? `(${values.join(', ')})` : '';
      await client.query(`EXECUTE statement${given}`).catch((error: pg.DatabaseError) => {
        expect(error.code, error.message).toMatch(OF_VALUES);
      });
    } finally {
      await client.query('ROLLBACK');
      await client.query('DEALLOCATE ALL');
    }
  });
});
