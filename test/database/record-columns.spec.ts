import { buildSchema, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECORD_COLUMNS } from '../../src/modules/user-progress/record-columns.js';
import { recordsById } from '../../src/modules/user-progress/proxy/sql/read-records.js';
import { writeProgress } from '../../src/modules/user-progress/proxy/sql/write-progress.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Columns that the API does not show, and why. */
const NOT_SHOWN = {
  watched_again: 'Analytics counts learners by it; `rewatched_seconds` is what a learner sees.',
  position_at:
    'It only decides which beat is the latest; `position_seconds` is what a player needs.',
  deleted_at: 'A deleted record is not found.',
  reopened_at: 'It only decides which beats complete the lesson again.',
  seen_since: '`missing_seconds` of a blocker says what is still to be seen.',
  evidence_after: 'It only decides which beats count; others are answered BEFORE_DELETION.',
};
/** Columns that a learner's export does not repeat, and why. */
const NOT_EXPORTED = {
  user_id: 'An export is of one learner: `ExportedData.userId`.',
};
/** Columns that an update leaves as they are, and why. */
const NOT_UPDATED = {
  id: 'It names the record for ever.',
  user_id: 'With the lesson, the key of the record.',
  lesson_id: 'With the learner, the key of the record.',
};

const schema = buildSchema(readFileSync(new URL('../../src/schema.gql', import.meta.url), 'utf8'));
const propertyOf = new Map(
  Object.entries(RECORD_COLUMNS).map(([property, { name }]) => [name, property]),
);
let database: TestDatabase;
let columns: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = 'user_progress'`,
  );
  columns = rows.map(({ name }) => name);
});
afterAll(() => database.drop());

/** Columns of the table that a type of the API has no field for, under the name of SQL or of TypeScript. */
function withoutField(typeName: string): string[] {
  const type = schema.getType(typeName);
  const fields = isObjectType(type) ? type.getFields() : {};
  return columns.filter((name) => !(name in fields) && !(propertyOf.get(name)! in fields)).sort();
}
const reasons = (listed: object): string[] => Object.keys(listed).sort();
const without = (text: string, pattern: (name: string) => RegExp): string[] =>
  columns.filter((name) => !pattern(name).test(text)).sort();

/** Erasing deletes whole rows, so a new column needs nothing there. */
describe('every column of user_progress', () => {
  it('is described', () => {
    expect(columns.sort()).toEqual([...propertyOf.keys()].sort());
  });

  it('is read', () => {
    expect(without(recordsById.text, (name) => new RegExp(`u\\.${name} AS`))).toEqual([]);
  });

  it('is inserted, and updated unless it never changes', () => {
    const inserted = /INSERT INTO user_progress \(([^)]+)\)/.exec(writeProgress.text)![1]!;
    expect(without(inserted, (name) => new RegExp(`\\b${name}\\b`))).toEqual([]);
    const updated = /UPDATE user_progress u\s+SET ([^]+?)FROM/.exec(writeProgress.text)![1]!;
    expect(without(updated, (name) => new RegExp(`\\b${name} =`))).toEqual(reasons(NOT_UPDATED));
  });

  it('is shown by the API, unless it is listed here with a reason', () => {
    expect(withoutField('UserProgress')).toEqual(reasons(NOT_SHOWN));
  });

  it('is in a learner’s export, unless it is listed here with a reason', () => {
    expect(withoutField('ExportedRecord')).toEqual(reasons(NOT_EXPORTED));
  });
});
