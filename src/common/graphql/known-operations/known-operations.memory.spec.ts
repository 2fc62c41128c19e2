import { Query, Resolver } from '@nestjs/graphql';
import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { heapUsed, signToken, startEdge, type EdgeApp } from '../../../../test/for-specs.ts';
import type { GraphqlContext } from '../context.js';
import { QueryCost } from '../query-cost.js';
import { BoundedOperations } from './bounded-operations.js';
import { documentBytes } from './document-bytes.js';
import { KnownOperation } from './known-operation.js';
import { KnownOperations } from './known-operations.js';
import { OperationShapes } from './operation-shapes.js';

@Resolver()
class NothingResolver {
  @Query(() => Boolean, { nullable: true })
  nothing(): null {
    return null;
  }
}

let edge: EdgeApp;
let known: KnownOperations;
let token: string;

beforeAll(async () => {
  edge = await startEdge([NothingResolver], { RATE_LIMIT_DISABLED: 'true' });
  known = edge.app.get(KnownOperations, { strict: false });
  token = await signToken({ sub: 'learner-1', role: 'user' });
});
afterAll(() => edge.close());

let count = 0;
const unseen = (query: string): string => `${query} # ${(count += 1)}`;
const ask = async (query: string, as?: string): Promise<void> => {
  const { json } = await edge.graphql(query, as === undefined ? {} : { token: as });
  expect(json.errors).toBeUndefined();
};
const LARGE = `{ __schema { ${'__typename '.repeat(200)}} }`;

it('documents of strangers, each another one, leave no memory in use', async () => {
  const flood = async (rounds: number) => {
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Array.from({ length: 20 }, () => ask(unseen(LARGE))));
    }
  };
  await flood(2);
  const before = await heapUsed();
  await flood(10);
  expect((await heapUsed()) - before).toBeLessThan(8 * 1_048_576);
});

it('a stranger’s document is not remembered, however often it is sent, by GET too', async () => {
  const query = unseen('{ __typename }');
  const get = `/userProgress/graphql?query=${encodeURIComponent(query)}`;
  for (let use = 0; use < 5; use += 1) {
    await ask(query);
    await edge.send({ headers: { 'apollo-require-preflight': 'true' } }, get);
  }
  expect(known.find(query)).toBeUndefined();
  expect(await known.documents.get(hashed(query))).toBeUndefined();
});

it('a flood of new documents of a learner does not push out one that was used twice', async () => {
  const query = unseen('{ nothing }');
  const usedOnce = unseen('{ nothing }');
  await ask(query, token);
  await ask(query, token);
  await ask(usedOnce, token);
  for (let round = 0; round < 30; round += 1) {
    await Promise.all(Array.from({ length: 20 }, () => ask(unseen('{ nothing }'), token)));
  }
  expect(known.find(query)).toBeDefined();
  expect(known.find(usedOnce)).toBeUndefined();
});

it('documents that learners use again and again are bounded by number, and by what they hold', () => {
  const operations = (limits: { entries: number; bytes: number }, text: string) => {
    const bounded = new BoundedOperations(limits);
    const held = Array.from({ length: 100 }, (_, index) => {
      const document = parse(`${text}#${index}`);
      const operation = new KnownOperation(
        buildSchema('type Query { a: Int }'),
        document,
        document.definitions[0] as OperationDefinitionNode,
        `${index}`,
      );
      bounded.set(`${text}#${index}`, operation);
      return operation;
    });
    return held.filter(({ hash }) => bounded.withHash(hash));
  };
  expect(operations({ entries: 7, bytes: 1_048_576 }, '{ a }')).toHaveLength(7);
  const large = operations({ entries: 100, bytes: 1_048_576 }, LARGE);
  const bytes = large.reduce((sum, operation) => sum + operation.bytes, 0);
  expect(bytes).toBeLessThanOrEqual(1_048_576);
  expect(bytes).toBeGreaterThan(524_288);
});

it('a document that a learner sends by GET is parsed once', async () => {
  const query = unseen('{ nothing }');
  const path = `/userProgress/graphql?query=${encodeURIComponent(query)}`;
  const send = () => edge.send({ headers: { authorization: `Bearer ${token}` } }, path);
  await send();
  const parsed = await known.documents.get(hashed(query));
  expect(parsed).toBeDefined();
  await send();
  await ask(query, token);
  expect(await known.documents.get(hashed(query))).toBe(parsed);
  expect(known.find(query)?.document).toBe(parsed);
});

it('the estimate of what a document holds is not below what it holds', async () => {
  const text = `query ($a: Boolean!) { ${'a: nothing @include(if: $a) '.repeat(80)}}`;
  const before = await heapUsed();
  const documents = Array.from({ length: 100 }, (_, index) => parse(`${text}#${index}`));
  const each = ((await heapUsed()) - before) / documents.length;
  expect(documentBytes(documents[0]!)).toBeGreaterThan(each);
});

it('the estimate covers what a document holds when it is compiled, with its shape and its prices', async () => {
  const schema = buildSchema('type Query { list(limit: Int, id: ID): [Query] }');
  const text =
    'query ($limit: Int) { list(id: "a") { inner: list(limit: $limit, id: "b") { __typename } } }';
  const before = await heapUsed();
  const cost = new QueryCost(1);
  const shapes = new OperationShapes();
  const operations = await Promise.all(
    Array.from({ length: 80 }, async (_, index) => {
      const document = parse(text.replace('query', `query Q${index}`));
      const operation = document.definitions[0] as OperationDefinitionNode;
      const { source } = document.loc!;
      const shape = shapes.of(source.body, schema, document, operation);
      const own = new KnownOperation(schema, document, operation, `${index}`, shape);
      for (let use = 0; use < 40; use += 1) {
        cost.of(schema, document, operation, { limit: use });
        await own.execute({} as GraphqlContext, {});
      }
      expect(shape.compiled).not.toBeNull();
      return own;
    }),
  );
  const each = ((await heapUsed()) - before) / operations.length;
  expect(operations[0]!.bytes).toBeGreaterThan(each);
  expect(shapes.alike(operations[0]!.document.loc!.source.body)).toBeDefined();
});

it('a flood of new shapes does not push out one that two documents had', () => {
  const schema = buildSchema('type Query { echo(id: ID): ID }');
  const shapes = new OperationShapes();
  const shapeOf = (name: string, id: string) => {
    const text = `query ${name} { echo(id: "${id}") }`;
    const document = parse(text);
    return shapes.of(text, schema, document, document.definitions[0] as OperationDefinitionNode);
  };
  const once = shapeOf('Once', 'a');
  const twice = shapeOf('Twice', 'a');
  expect(shapeOf('Twice', 'b')).toBe(twice);
  for (let index = 0; index < 200; index += 1) shapeOf(`Q${index}`, 'a');
  expect(shapeOf('Twice', 'c')).toBe(twice);
  expect(shapeOf('Once', 'b')).not.toBe(once);
});

it('a document that differs from the first of its shape counts with that, which its shape holds', () => {
  const schema = buildSchema('type Query { echo(id: ID): ID }');
  const shapes = new OperationShapes();
  const [first, second] = ['{ echo(id: "a") }', '{ echo(id: "b") }'].map((text) => {
    const document = parse(text);
    const operation = document.definitions[0] as OperationDefinitionNode;
    const shape = shapes.of(text, schema, document, operation);
    return new KnownOperation(schema, document, operation, text, shape);
  });
  expect(second!.bytes).toBe(2 * first!.bytes);
});

/** The key under which Apollo looks for the document. */
function hashed(query: string): string {
  return `schema:${createHash('sha256').update(query).digest('hex')}`;
}
