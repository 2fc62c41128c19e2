import {
  Args,
  Field,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { Max } from 'class-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signToken, startEdge, type EdgeApp } from '../../../../test/for-specs.ts';
import { ConflictError } from '../../errors/service-error.js';
import { IsId } from '../id.js';
import { KnownOperations } from './known-operations.js';

enum Colour {
  RED = 'r',
  BLUE = 'b',
}
registerEnumType(Colour, { name: 'Colour' });

@ObjectType()
class Node {
  @Field()
  name: string;

  @Field(() => Colour)
  colour: Colour;

  @Field({ nullable: true })
  missing?: string;

  @Field(() => [Node], { nullable: 'itemsAndList' })
  children?: (Node | null)[];
}

@InputType()
class NodeInput {
  @Field()
  @IsId()
  name: string;

  @Field(() => Int, { defaultValue: 3 })
  @Max(10)
  weight: number;
}

const done: string[] = [];

@Resolver()
class CorpusResolver {
  @Query(() => Node)
  node(@Args('colour', { type: () => Colour, defaultValue: Colour.RED }) colour: Colour): Node {
    const leaf = { name: 'leaf', colour: Colour.BLUE };
    return { name: 'root', colour, children: [leaf, null, { ...leaf, children: [] }] };
  }

  @Query(() => Int, { nullable: true })
  nothing(): null {
    return null;
  }

  @Query(() => Int)
  impossible(): number {
    return null as unknown as number;
  }

  @Query(() => Int, { nullable: true })
  tooLarge(): number {
    return 2 ** 31;
  }

  @Query(() => String, { nullable: true })
  taken(): string {
    throw new ConflictError('progressExists', { details: { resource: 'progress' } });
  }

  @Query(() => String, { nullable: true })
  broken(): string {
    throw new Error('SELECT secret FROM somewhere');
  }

  @Query(() => String)
  databaseGone(): string {
    throw Object.assign(new Error('terminating connection'), { code: '57P01' });
  }

  @Query(() => Date)
  at(@Args('time') time: Date): Date {
    return time;
  }

  @Mutation(() => String, { nullable: true })
  save(@Args('input') input: NodeInput): string {
    if (input.name === 'bad') throw new ConflictError('progressExists');
    done.push(input.name);
    return `${done.join()} ${input.weight}`;
  }
}

type Variables = Record<string, unknown>;

/** A document and its variables. Invalid documents never become known, so there are none here. */
const CORPUS: [what: string, query: string, variables?: Variables][] = [
  ['fields', '{ node { name colour missing } nothing }'],
  ['aliases', '{ a: node { b: name c: name } d: node(colour: BLUE) { colour } }'],
  ['nested lists and nulls', '{ node { children { name children { name } missing } } }'],
  ['__typename', '{ __typename node { __typename children { __typename } } }'],
  ['introspection', '{ __schema { queryType { name } } __type(name: "Node") { kind } }'],
  [
    'fragments, merged',
    'query { ...A node { name } ...B } fragment A on Query { node { colour } } fragment B on Query { node { n: name ... on Node { missing } } }',
  ],
  [
    'directives by variable, on',
    'query ($yes: Boolean!) { node { name @include(if: $yes) colour @skip(if: $yes) } }',
    { yes: true },
  ],
  [
    'directives by variable, off',
    'query ($yes: Boolean!) { node { name @include(if: $yes) colour @skip(if: $yes) } }',
    { yes: false },
  ],
  [
    'a fragment that is skipped',
    'query ($yes: Boolean = false) { ... @include(if: $yes) { nothing } ...F @skip(if: true) __typename } fragment F on Query { nothing }',
  ],
  ['an enum variable', 'query ($c: Colour) { node(colour: $c) { colour } }', { c: 'BLUE' }],
  ['an enum that is not one', 'query ($c: Colour) { node(colour: $c) { colour } }', { c: 'b' }],
  ['a null where null is not', 'query ($c: Colour!) { node(colour: $c) { colour } }', { c: null }],
  ['a variable that is missing', 'query ($c: Colour!) { node(colour: $c) { colour } }'],
  ['variables that nobody asked for', '{ nothing }', { more: 1 }],
  ['a scalar', 'query ($t: DateTime!) { at(time: $t) }', { t: '2026-01-31T09:30:00+02:00' }],
  ['a scalar that is none', 'query ($t: DateTime!) { at(time: $t) }', { t: '2026-02-30' }],
  ['a scalar in the document that is none', '{ nothing at(time: "2026-02-30") }'],
  ['null for what cannot be null', '{ nothing impossible }'],
  ['a number beyond its type', '{ tooLarge nothing }'],
  ['an expected failure', '{ taken nothing }'],
  ['an unexpected failure', '{ broken nothing }'],
  ['a database that went away', '{ databaseGone nothing }'],
  ['several failures', '{ x: taken broken y: taken }'],
  [
    'an input and its defaults',
    'mutation ($i: NodeInput!) { save(input: $i) }',
    { i: { name: 'one' } },
  ],
  [
    'an input that breaks a rule',
    'mutation ($i: NodeInput!) { save(input: $i) }',
    { i: { name: 'o n e', weight: 11 } },
  ],
  [
    'an input with a member too many',
    'mutation ($i: NodeInput!) { save(input: $i) }',
    { i: { name: 'one', more: 1 } },
  ],
  [
    'mutations one after the other, one of which fails',
    'mutation FRESH { a: save(input: { name: "a" }) b: save(input: { name: "bad" }) c: save(input: { name: "c", weight: 1 }) }',
  ],
  ['a name', 'query Named { nothing }'],
  [
    'several mutations by variables, one of which fails',
    'mutation ($a: NodeInput!, $b: NodeInput!, $c: NodeInput!) { a: save(input: $a) b: save(input: $b) c: save(input: $c) }',
    { a: { name: 'a', weight: 1 }, b: { name: 'bad', weight: 1 }, c: { name: 'c', weight: 1 } },
  ],
  ['aliases that JavaScript knows', '{ __proto__: nothing constructor: node { toString: name } }'],
];

const ACCEPTED: Record<string, string>[] = [
  {},
  { accept: 'application/json', 'accept-language': 'de' },
  { accept: 'application/graphql-response+json;q=0.9, application/json;q=0.1' },
  { accept: '*/*' },
];

const USES_UNTIL_COMPILED = 40;
const JSON_HEADERS = { 'content-type': 'application/json' };

describe('an operation that was asked before', () => {
  let edge: EdgeApp;
  let token: string;
  /** How many requests reached Apollo. */
  let givenToApollo = 0;

  beforeAll(async () => {
    edge = await startEdge([CorpusResolver], { RATE_LIMIT_DISABLED: 'true' });
    token = await signToken({ sub: 'learner-1', role: 'user' });
    const known = edge.app.get(KnownOperations, { strict: false });
    const listener = await known.requestDidStart();
    known.requestDidStart = async () => {
      givenToApollo += 1;
      return listener;
    };
  });
  afterAll(() => edge.close());

  interface PeerCounts {
    status: number;
    headers: Record<string, string>;
    text: string;
    byApollo: boolean;
  }

  async function tell(body: unknown, headers: Record<string, string> = {}): Promise<PeerCounts> {
    done.length = 0;
    const before = givenToApollo;
    const answer = await edge.send({
      method: 'POST',
      headers: { ...JSON_HEADERS, authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify(body),
    });
    const told = Object.fromEntries(answer.headers);
    for (const changing of ['date', 'x-request-id', 'content-length', 'retry-after']) {
      delete told[changing];
    }
    const text = answer.text
      .replaceAll(/"(time[sS]tamp)":"[^"]+"/g, '"$1":"T"')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
    return { status: answer.status, headers: told, text, byApollo: givenToApollo > before };
  }

  /** Apollo gives the first answer to a document with this comment; with values, only if its name is new, too. */
  let fresh = 0;
  const unseen = (query: string): string =>
    `# ${(fresh += 1)}\n${query.replace('FRESH', `Fresh${fresh}`)}`;

  it.each(CORPUS)('is answered as the first time: %s', async (_what, query, variables) => {
    for (const headers of ACCEPTED) {
      const body = { query: unseen(query), ...(variables && { variables }) };
      const first = await tell(body, headers);
      expect(first.byApollo).toBe(true);
      const second = await tell(body, headers);
      for (let use = 0; use < USES_UNTIL_COMPILED; use += 1) await tell(body, headers);
      for (const told of [second, await tell(body, headers)]) {
        expect({ ...told, byApollo: true }).toEqual(first);
        expect(JSON.parse(told.text)).toSatisfy(
          (answer: object) => told.byApollo === !('data' in answer),
        );
      }
    }
  });

  it('is answered without Apollo, under its name and without one', async () => {
    const query = unseen('query Named { nothing }');
    await tell({ query });
    expect(await tell({ query })).toMatchObject({ status: 200, byApollo: false });
    expect(await tell({ query, operationName: 'Named', variables: null })).toMatchObject({
      text: '{"data":{"nothing":null}}\n',
      byApollo: false,
    });
  });

  it.each([
    ['a name that it does not have', { operationName: 'Other' }, {}],
    ['variables that are no object', { variables: [1] }, {}],
    ['variables as text', { variables: '{}' }, {}],
    ['an extension', { extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } }, {}],
    ['a type that nobody can give', {}, { accept: 'text/html' }],
  ])('is left to Apollo with %s', async (_what, more, headers) => {
    const query = unseen('query Named { nothing }');
    const first = await tell({ query, ...more }, headers);
    await tell({ query });
    const second = await tell({ query, ...more }, headers);
    expect(second).toEqual(first);
    expect(second.text).toContain('"errors"');
  });

  it('is refused as the first time without a token, or with a bad one', async () => {
    const query = unseen('{ nothing }');
    await tell({ query });
    for (const authorization of ['', 'Bearer nonsense', `Bearer ${token}x`]) {
      const known = await tell({ query }, { authorization });
      const unknown = await tell({ query: unseen('{ nothing }') }, { authorization });
      expect(known).toEqual(unknown);
      expect(known.status).toBe(401);
    }
  });

  it('is never one of several in a document: which of them, only Apollo finds out', async () => {
    const query = unseen('query A { nothing } query B { __typename }');
    await tell({ query, operationName: 'A' });
    expect(await tell({ query, operationName: 'B' })).toMatchObject({
      text: '{"data":{"__typename":"Query"}}\n',
      byApollo: true,
    });
  });
});
