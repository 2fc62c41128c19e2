import { buildSchema, OperationTypeNode } from 'graphql';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadOf, WATCH_OPERATIONS } from './operation-kind.js';

it('counts each operation under its kind, and questions about the schema not at all', () => {
  expect(loadOf(OperationTypeNode.QUERY, ['userProgress', 'userProgress', '__schema'])).toEqual([
    ['read', 2],
  ]);
  expect(
    loadOf(OperationTypeNode.MUTATION, [
      'recordWatch',
      'eraseUser',
      'updateLessonWatchTime',
      '__typename',
    ]),
  ).toEqual([
    ['watch', 2],
    ['write', 1],
  ]);
});

it('knows watching by names that the schema has', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema.gql', import.meta.url), 'utf8'));
  expect(Object.keys(schema.getMutationType()!.getFields())).toEqual(
    expect.arrayContaining([...WATCH_OPERATIONS]),
  );
});
