import { buildSchema, getNamedType, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PersonalData } from '../../src/modules/privacy/personal-data.js';
import type { PersonalTable } from '../../src/modules/privacy/personal-table.js';
import { readText } from '../docs/page.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** Columns that exports show under another name than their own. */
const RENAMED: Record<string, Record<string, string[]>> = {
  watch_clock: { slack_used: ['slack_used_seconds'] },
  idempotency_key: { fingerprint: ['lessonId', 'seconds'] },
};

const OWNER = 'the learner whose export it is';
/** Columns that exports leave out, and why. */
const LEFT_OUT: Record<string, Record<string, string>> = {
  user_progress: { user_id: OWNER },
  course_progress: {
    user_id: OWNER,
    listed_completed: 'counted from the records, which are exported',
    lessons_total: 'of the course',
    structure_version: 'of the course',
    created_at: 'that of the first record, which is exported',
  },
  watch_session: { user_id: OWNER },
  watch_clock: { user_id: OWNER },
  learner_day: { user_id: OWNER },
  idempotency_key: { user_id: OWNER, result: 'the record as it was then, which is exported' },
  certificate: {
    user_id: OWNER,
    confirmed_by: 'an administrator, not the learner',
    must_check: 'how it is requested',
  },
};
/** Tables of which exports show nothing, and why. */
const NOT_EXPORTED: Record<string, string> = {
  outbox: 'tells others of what is exported',
  course_evaluation: 'where a walk over all learners is',
  course: 'where a walk over all learners was',
  unread_event: 'says only that somebody is deleted',
};

/** Tables that the erasure of another one clears, and how. */
const ERASED_WITH: Record<string, string> = {
  analytics_journal: 'its rows are folded within seconds, those of the erasure last',
  analytics_learner: 'the folder deletes it with the learner’s days',
};

const schema = buildSchema(readText('src/schema.gql'));
let service: TestApp;
let tables: readonly PersonalTable[];
/** Columns by table, as PostgreSQL has them. */
let columns: Map<string, string[]>;

beforeAll(async () => {
  service = await startTestApp({ catalogue: { users: [], courses: [] } });
  tables = service.app.get(PersonalData, { strict: false }).tables;
  const { rows } = await service.database.pool.query<{ table: string; columns: string[] }>(
    `SELECT table_name AS table, array_agg(column_name::text) AS columns
     FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name`,
  );
  columns = new Map(rows.map((row) => [row.table, row.columns]));
});
afterAll(() => service.close());

const camelCase = (column: string) => column.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** The GraphQL type of a list's entries. */
function entryOf(list: string): GraphQLObjectType {
  const data = schema.getType('ExportedData') as GraphQLObjectType;
  return getNamedType(data.getFields()[list]!.type) as GraphQLObjectType;
}

/** Whether an export shows the column. */
function shown({ table, exported }: PersonalTable, column: string): boolean {
  const fields = Object.keys(entryOf(exported!.list).getFields());
  const names = RENAMED[table]?.[column];
  return names
    ? names.every((name) => fields.includes(name))
    : fields.includes(column) || fields.includes(camelCase(column));
}

describe('an erasure', () => {
  it('forgets no table that says of whom it is; a tombstone forgets it by itself', () => {
    const personal = [...columns].filter(([, names]) =>
      names.some((name) => /user_id$/.test(name)),
    );
    const cleared = [...tables.map(({ table }) => table), ...Object.keys(ERASED_WITH)];
    expect([...cleared, 'erased_user'].sort()).toEqual(
      // The text of an event may name somebody.
      [...personal.map(([table]) => table), 'unread_event'].sort(),
    );
  });

  it('goes from what is exported to what only tells of it, in the same order each time', () => {
    expect(tables.map(({ table }) => table)).toEqual([
      'user_progress',
      'course_progress',
      'watch_session',
      'watch_clock',
      'idempotency_key',
      'certificate',
      'learner_day',
      'outbox',
      'course_evaluation',
      'course',
      'unread_event',
    ]);
  });

  it('refuses to know two tables of the same rank', () => {
    const data = new PersonalData();
    data.add(tables[0]!);
    expect(() => data.add({ ...tables[1]!, rank: tables[0]!.rank })).toThrow(
      'course_progress and user_progress have the same rank',
    );
  });
});

describe('an export', () => {
  it('leaves out no table that an erasure clears, but those of which we say why', () => {
    const left = tables.filter(({ exported }) => !exported).map(({ table }) => table);
    expect(left.sort()).toEqual(Object.keys(NOT_EXPORTED).sort());
  });

  it('leaves out no column of its tables, but those of which we say why', () => {
    const left = tables
      .filter(({ exported }) => exported)
      .map((personal) => [
        personal.table,
        columns.get(personal.table)!.filter((column) => !shown(personal, column)),
      ]);
    const expected = Object.entries(LEFT_OUT).map(([table, why]) => [table, Object.keys(why)]);
    const sorted = (lists: unknown[]) =>
      Object.fromEntries(
        (lists as [string, string[]][]).map(([table, names]) => [table, [...names].sort()]),
      );
    expect(sorted(left)).toEqual(sorted(expected));
  });
});
