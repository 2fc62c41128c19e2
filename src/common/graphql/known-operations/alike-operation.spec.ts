import fc from 'fast-check';
import {
  buildSchema,
  execute,
  GraphQLError,
  Kind,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLScalarType,
  type OperationDefinitionNode,
} from 'graphql';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { GraphqlContext } from '../context.js';
import { KnownOperation } from './known-operation.js';
import { OperationShapes } from './operation-shapes.js';

const schema = buildSchema(`
  scalar DateTime
  enum Colour { RED BLUE }
  input Beat { seq: Int!, rate: Float! = 1, colour: Colour = BLUE, at: DateTime, note: String = "n" }
  input Watch { userId: String!, id: ID, beats: [Beat!]!, done: Boolean = true, grid: [[Int]] }
  type Query {
    echo(int: Int = 3, float: Float, text: String, id: ID, flag: Boolean, colour: Colour, at: DateTime,
         list: [Int!], texts: [String], watch: Watch): String
    needs(watch: Watch!, int: Int!): String
    fails(text: String): String
    list(limit: Int): [Query]
  }
`);
const fields = schema.getQueryType()!.getFields();
for (const field of [fields['echo']!, fields['needs']!]) {
  field.resolve = (_root, args) => inspect(args, { depth: 9 });
}
fields['fails']!.resolve = (_root, { text }) => {
  throw new Error(String(text));
};
const time = schema.getType('DateTime') as GraphQLScalarType;
time.parseValue = (value) => {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw new GraphQLError('no');
  return new Date(value);
};
time.parseLiteral = (node) => time.parseValue(node.kind === Kind.STRING ? node.value : null);

const contextValue = {} as GraphqlContext;
const USES = 30;

/** What a client writes, and what another client writes whose numbers and strings differ. */
type Pair = readonly [string, string];
const both = (one: fc.Arbitrary<string>): fc.Arbitrary<Pair> => fc.tuple(one, one);
const same = (...texts: string[]): fc.Arbitrary<Pair> =>
  fc.constantFrom(...texts).map((text) => [text, text] as const);
const joined = (pairs: readonly Pair[], before: string, after: string): Pair => [
  `${before}${pairs.map(([one]) => one).join(' ')}${after}`,
  `${before}${pairs.map(([, other]) => other).join(' ')}${after}`,
];

const int = both(
  fc.oneof(
    { arbitrary: fc.integer({ min: -9, max: 9 }).map(String), weight: 12 },
    fc.constantFrom('2147483647', '2147483648', '-0', '12345678901234567890'),
  ),
);
const float = both(fc.constantFrom('1.5', '-0.0', '1e3', '1e400', '-2.25E-1'));
const quoted = both(
  fc.oneof(
    fc.string().map((text) => JSON.stringify(text)),
    fc.constantFrom('"2026-01-31T09:30:00Z"', '"RED"', '"1"', '"\\"); throw 1; (\\""'),
  ),
);
const block = both(fc.constantFrom('"""a"""', '"""\n   b\n  c\n"""', '""""""'));
const text = fc.oneof({ arbitrary: quoted, weight: 4 }, { arbitrary: block, weight: 1 });
const seldom = (value: fc.Arbitrary<Pair>, ...others: fc.Arbitrary<Pair>[]): fc.Arbitrary<Pair> =>
  fc.oneof({ arbitrary: value, weight: 30 }, ...others);
const ofInt = seldom(int, same('$int', 'null'), float, text);
const listOf = (item: fc.Arbitrary<Pair>): fc.Arbitrary<Pair> =>
  fc.array(item, { maxLength: 3 }).map((items) => joined(items, '[', ']'));

/** Some of the fields or arguments, in any order. */
function some(
  values: Record<string, fc.Arbitrary<Pair>>,
  least: string[] = [],
): fc.Arbitrary<Pair[]> {
  const named = Object.entries(values).map(
    ([name, value]) =>
      [
        name,
        value.map(([one, other]) => [`${name}: ${one}`, `${name}: ${other}`] as const),
      ] as const,
  );
  return fc
    .shuffledSubarray(named, { minLength: 1 })
    .map((chosen) => new Map([...named.filter(([name]) => least.includes(name)), ...chosen]))
    .chain((chosen) => fc.tuple(...chosen.values()));
}

const beat = some(
  {
    seq: ofInt,
    rate: seldom(float, int, same('$float')),
    colour: seldom(same('RED', 'BLUE'), same('$colour', 'GREEN', 'null')),
    at: seldom(text, same('$at', 'null')),
    note: seldom(text, same('$text', 'null'), int),
  },
  ['seq'],
).map((members) => joined(members, '{', '}'));
const watch = some(
  {
    userId: seldom(text, same('$text')),
    id: fc.oneof(text, int, same('$int')),
    beats: fc.oneof(listOf(beat), beat),
    done: same('true', 'false', 'null', '$flag'),
    grid: fc.oneof(listOf(listOf(ofInt)), listOf(ofInt), ofInt),
  },
  ['userId', 'beats'],
).map((members) => joined(members, '{', '}'));
const echo = some({
  int: ofInt,
  float: seldom(float, int, same('$float')),
  text: seldom(text, same('$text', 'null')),
  id: fc.oneof(text, int),
  flag: same('true', 'false', '$flag', 'null'),
  colour: seldom(same('RED', 'BLUE'), same('$colour')),
  at: seldom(text, same('$at')),
  list: fc.oneof(listOf(ofInt), ofInt, same('$list')),
  texts: fc.oneof(listOf(seldom(text, same('$text'))), text),
  watch: seldom(watch, same('$watch')),
}).map((given) => joined(given, '(', ')'));
const condition = seldom(
  same(''),
  same('@include(if: true)', '@skip(if: false)', '@include(if: $yes)', '@skip(if: $yes)'),
);
const field = fc.oneof(
  fc.tuple(echo, condition).map(([given, when]) => joined([given, when], 'echo', '')),
  watch.chain((given) =>
    ofInt.map((number) =>
      joined([['watch:', 'watch:'], given, ['int:', 'int:'], number], 'needs(', ')'),
    ),
  ),
  text.map((given) => joined([given], 'fails(text: ', ')')),
);
/** Every variable is used, so that every document may declare them. */
const HEAD = `query Q($int: Int, $float: Float, $text: String, $flag: Boolean, $colour: Colour = RED, $at: DateTime,
  $list: [Int!], $watch: Watch, $yes: Boolean!) {
  used: echo(int: $int, float: $float, text: $text, flag: $flag, colour: $colour, at: $at, list: $list,
    watch: $watch) @include(if: $yes)`;
const documents = fc.array(field, { minLength: 1, maxLength: 3 }).map((chosen) =>
  joined(
    chosen.map(([one, other], index) => [`f${index}: ${one}`, `f${index}: ${other}`]),
    `${HEAD}\n`,
    ' }',
  ),
);
const mostly = (right: unknown, ...others: unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: fc.constant(right), weight: 20 }, fc.constantFrom(...others));
const variables = fc.record(
  {
    int: mostly(1, null, 'x', 2 ** 31),
    float: mostly(1.5, 1, null),
    text: mostly('t', null),
    flag: mostly(true, null),
    colour: mostly('BLUE', null, 'x'),
    at: mostly('2026-01-31T09:30:00Z', null, 'x'),
    list: mostly([1, 2], 3, null),
    watch: mostly({ userId: 'u', beats: [{ seq: 1 }] }, null),
    yes: fc.boolean(),
  },
  { requiredKeys: ['yes'] },
);

/** As it is sent; the order of errors is not part of an answer. */
const seen = ({ data, errors }: ExecutionResult): unknown => ({
  data,
  errors: (errors ?? [])
    .map(({ message, locations, path }) => JSON.stringify({ message, locations, path }))
    .sort(),
});

async function register(shapes: OperationShapes, source: string): Promise<KnownOperation> {
  const document = parse(source);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const shape = shapes.of(source, schema, document, operation);
  const known = new KnownOperation(schema, document, operation, source, shape);
  for (let use = 0; use < USES; use += 1) shape.use();
  expect(shape.compiled).not.toBeNull();
  return known;
}

const plain = async (source: string, variableValues: Record<string, unknown>) =>
  execute({ schema, document: parse(source), contextValue, variableValues });

describe('a document that differs from a known one in numbers and strings', () => {
  it('is answered as graphql-js answers it, or left to Apollo, and so is the known one', async () => {
    let alike = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(documents, variables, async ([one, other], given) => {
        if (validate(schema, parse(one)).length > 0) return;
        const shapes = new OperationShapes();
        const known = await register(shapes, one);
        expect(seen(await known.execute(contextValue, given))).toEqual(
          seen(await plain(one, given)),
        );
        const operation = shapes.alike(other);
        // It has neither numbers nor strings.
        if (!operation) {
          expect(other).toBe(one);
          return;
        }
        const result = await operation.execute(contextValue, given);
        if (validate(schema, parse(other)).length > 0) {
          expect(result.data).toBeUndefined();
          refused += 1;
          return;
        }
        const expected = await plain(other, given);
        if (result.data === undefined) {
          // Only where graphql-js has an error to tell.
          expect(expected.errors).toBeDefined();
          return;
        }
        expect(seen(result)).toEqual(seen(expected));
        alike += 1;
      }),
      { numRuns: 800 },
    );
    expect(alike).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(20);
  }, 60_000);

  it('is compiled together with it: their uses count together', async () => {
    const shapes = new OperationShapes();
    const of = (source: string) => {
      const document = parse(source);
      return shapes.of(
        source,
        schema,
        document,
        document.definitions[0] as OperationDefinitionNode,
      );
    };
    const shape = of('{ echo(id: "a") }');
    for (let use = 0; use < USES; use += 1) of(`{ echo( id: "${use}") } # ${use}`).use();
    expect(shape.compiled).not.toBeNull();
    expect(shapes.alike('{ echo(id: "b") }')).toBeDefined();
  });

  it.each([
    ['other names', '{ echo(id: "a") }', '{ echo(text: "a") }'],
    ['another kind of value', '{ echo(id: "a") }', '{ echo(id: 1) }'],
    [
      'a longer page, which costs more',
      '{ list(limit: 1) { echo(int: 1) } }',
      '{ list(limit: 2) { echo(int: 1) } }',
    ],
    [
      'one field that would have two values',
      '{ echo(int: 1) echo(int: 1) }',
      '{ echo(int: 1) echo(int: 2) }',
    ],
    [
      'a default, which may be wrong',
      'query ($n: Int = 1) { echo(int: $n, id: 1) }',
      'query ($n: Int = 2147483648) { echo(int: $n, id: 1) }',
    ],
    ['text that is no document', '{ echo(id: "a") }', '{ echo(id: "a) }'],
  ])('is another operation with %s', async (_what, one, other) => {
    const shapes = new OperationShapes();
    await register(shapes, one);
    expect(shapes.alike(other)).toBeUndefined();
  });

  it('has its errors where they are in its own text', async () => {
    const shapes = new OperationShapes();
    await register(shapes, '{ a: fails(text: "x") b: fails(text: "y") }');
    const other = '# more\n{ a: fails(text: "much longer") b: fails(text: "y") }';
    const result = await shapes.alike(other)!.execute(contextValue, {});
    expect(seen(result)).toEqual(seen(await plain(other, {})));
  });
});
