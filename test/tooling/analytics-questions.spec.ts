import {
  buildSchema,
  getNamedType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { QUESTIONS } from '../support/analytics/questions.ts';

const schema = buildSchema(readFileSync('src/schema.gql', 'utf8'));
/** What every answer has, and what pages are walked with. */
const NO_FIGURES = [
  'success',
  'message',
  'statusCode',
  'timeStamp',
  'version',
  'cursor',
  'hasPreviousPage',
  'startCursor',
];

it.each(Object.entries(QUESTIONS))(
  'the comparison of %s with a recount leaves no figure out',
  (_query, document) => {
    const asked = new Map<string, Set<string>>();
    const types = new TypeInfo(schema);
    const note = () => {
      const fields = asked.get(types.getParentType()!.name) ?? new Set();
      asked.set(types.getParentType()!.name, fields.add(types.getFieldDef()!.name));
    };
    visit(parse(document), visitWithTypeInfo(types, { Field: { enter: note } }));
    asked.delete('Query');
    expect(asked.size).toBeGreaterThan(1);
    for (const [name, fields] of asked) {
      const type = getNamedType(schema.getType(name));
      const all = isObjectType(type) ? Object.keys(type.getFields()) : [];
      expect(
        all.filter((field) => !fields.has(field) && !NO_FIGURES.includes(field)),
        name,
      ).toEqual([]);
    }
  },
);
