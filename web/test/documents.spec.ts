import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { generatedDocuments, readDocuments } from '../codegen.ts';

it('the types of the queries are those that the build makes', async () => {
  const kept = readFileSync(join(import.meta.dirname, '..', 'src', 'gql', 'graphql.ts'), 'utf8');
  expect(kept).toBe(await generatedDocuments());
});

it('a query that does not fit the schema any more ends the build, and is named', () => {
  const schema = buildSchema('type Query { other: Int }');
  expect(() => readDocuments(schema)).toThrow(
    /\.graphql does not fit src\/schema\.gql: Cannot query/,
  );
});
