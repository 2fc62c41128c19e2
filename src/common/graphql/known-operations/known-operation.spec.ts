import fc from 'fast-check';
import {
  buildSchema,
  execute,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { GraphqlContext } from '../context.js';
import { KnownOperation } from './known-operation.js';
import { liftValues } from './lifted-values.js';

const schema = buildSchema(`
  scalar DateTime
  enum Colour { RED BLUE }
  input Beat { seq: Int!, rate: Float! = 1, colour: Colour = BLUE, at: DateTime, note: String }
  input Watch { userId: String!, id: ID, beats: [Beat!]!, done: Boolean, grid: [[Int]] }
  type Query {
    echo(int: Int, float: Float, text: String, id: ID, flag: Boolean, colour: Colour, at: DateTime,
         list: [Int!], watch: Watch): String
    needs(int: Int! = 5, watch: Watch!): String
  }
`);
for (const field of Object.values(schema.getQueryType()!.getFields())) {
  field.resolve = (_root, args) => JSON.stringify(args);
}

const contextValue = {} as GraphqlContext;
const ECHO = `query ($int: Int, $float: Float, $text: String, $id: ID, $flag: Boolean, $colour: Colour, $at: DateTime,
  $list: [Int!], $watch: Watch) {
  a: echo(int: $int, float: $float, text: $text, id: $id, flag: $flag)
  b: echo(colour: $colour, at: $at, list: $list, watch: $watch)
}`;
const NEEDS = 'query ($int: Int!, $watch: Watch!) { needs(int: $int, watch: $watch) }';

function known(text: string): KnownOperation {
  const document = parse(text);
  return new KnownOperation(
    schema,
    document,
    document.definitions[0] as OperationDefinitionNode,
    'hash',
  );
}

async function seasoned(text: string): Promise<KnownOperation> {
  const operation = known(text);
  for (let use = 0; use < 40; use += 1) await operation.execute(contextValue, {});
  return operation;
}

const isCompiled = ({ shape }: KnownOperation): boolean => shape.compiled !== null;

/** Values of the right type, and of every wrong one. */
const anything = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.constantFrom(2 ** 31, -(2 ** 31), 1.5, '1', '', 'RED', 'red', '__proto__', 'true'),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('2026-01-31T09:30:00Z', '2026-02-30'),
  fc.array(fc.oneof(fc.integer(), fc.constant(null), fc.string()), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.integer(), { maxKeys: 2 }),
);
const beat = fc.record(
  { seq: anything, rate: anything, colour: anything, at: anything, note: anything, more: anything },
  { requiredKeys: [] },
);
const soundBeat = fc.record(
  {
    seq: fc.integer({ min: 0, max: 9 }),
    rate: fc.double({ noNaN: true, noDefaultInfinity: true }),
  },
  { requiredKeys: ['seq'] },
);
const watch = fc.oneof(
  anything,
  fc.record(
    {
      userId: fc.oneof(fc.string(), anything),
      id: anything,
      beats: fc.oneof(fc.array(fc.oneof(soundBeat, beat), { maxLength: 3 }), soundBeat, anything),
      done: anything,
      grid: fc.oneof(anything, fc.array(fc.array(anything, { maxLength: 2 }), { maxLength: 2 })),
    },
    { requiredKeys: [] },
  ),
  fc.record({ userId: fc.string(), beats: fc.array(soundBeat, { maxLength: 3 }) }),
);
const variables = fc.record(
  {
    int: anything,
    float: anything,
    text: anything,
    id: anything,
    flag: anything,
    colour: anything,
    at: anything,
    list: anything,
    watch,
  },
  { requiredKeys: [] },
);

describe('a compiled operation', () => {
  it.each([
    ['what may be left out', ECHO],
    ['what must be there', NEEDS],
  ])(
    'takes any variables as graphql-js does: %s',
    async (_what, text) => {
      const operation = await seasoned(text);
      const { document } = operation;
      expect(isCompiled(operation)).toBe(true);
      await fc.assert(
        fc.asyncProperty(variables, async (given) => {
          // As a client sends them.
          const variableValues = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
          const expected = await execute({ schema, document, contextValue, variableValues });
          const result = await operation.execute(contextValue, variableValues);
          expect(JSON.stringify(result)).toBe(JSON.stringify(expected));
        }),
        { numRuns: 500 },
      );
    },
    60_000,
  );

  it.each([
    ['a text', '{ echo(text: "\\"); throw 1; (\\"") }'],
    ['a number', '{ echo(int: 1) }'],
    ['an enum', '{ echo(colour: RED) }'],
    ['an object', 'query ($text: String!) { echo(watch: { userId: $text, beats: [] }) }'],
    ['a default', 'query ($text: String = "a") { echo(text: $text) }'],
    ['a condition', '{ echo @skip(if: true) again: echo @include(if: true) }'],
  ])('never contains a value that a client wrote: %s', async (_what, text) => {
    const operation = await seasoned(text);
    expect(isCompiled(operation)).toBe(true);
    expect(valuesIn(liftValues(schema, parse(text))!.document)).toEqual([]);
    await expectAsPlain(operation, text);
  });

  it.each([
    ['a name that JavaScript knows', '{ __proto__: echo }'],
    ['a constructor', 'query constructor { constructor: echo }'],
    ['a name that lifted values have', 'query ($lifted_0: Int) { echo(int: $lifted_0, id: 1) }'],
    ['a question about the schema', '{ __type(name: "Beat") { name } }'],
    [
      'a null that only the execution finds',
      'query ($n: Int = 1) { needs(int: $n, watch: { userId: "", beats: [] }) }',
    ],
  ])('does not exist for a document with %s', async (_what, text) => {
    const operation = await seasoned(text);
    expect(isCompiled(operation)).toBe(false);
    await expectAsPlain(operation, text);
  });
});

async function expectAsPlain(operation: KnownOperation, text: string): Promise<void> {
  const expected = await execute({ schema, document: parse(text), contextValue });
  expect(JSON.stringify(await operation.execute(contextValue, {}))).toBe(JSON.stringify(expected));
}

/** Kinds of the values in a document. */
function valuesIn(document: DocumentNode): string[] {
  const found: string[] = [];
  const note = ({ kind }: ValueNode): void => {
    found.push(kind);
  };
  const { INT, FLOAT, STRING, BOOLEAN, NULL, ENUM, LIST, OBJECT } = Kind;
  const kinds = [INT, FLOAT, STRING, BOOLEAN, NULL, ENUM, LIST, OBJECT];
  visit(document, Object.fromEntries(kinds.map((kind) => [kind, note])));
  return found;
}
