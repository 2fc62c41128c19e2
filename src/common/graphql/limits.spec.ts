import { Args, Field, Int, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signToken, startEdge, type EdgeApp } from '../../../test/for-specs.ts';

enum Shade {
  RED = 'r',
  BLUE = 'b',
}
registerEnumType(Shade, { name: 'Shade' });

@ObjectType()
class Thing {
  @Field()
  name: string;

  @Field(() => [Thing])
  parts: Thing[];

  @Field(() => Shade)
  colour: Shade;
}

@Resolver()
class ThingResolver {
  @Query(() => String)
  echo(@Args('text') text: string): string {
    return text;
  }

  @Query(() => [Thing])
  things(@Args('limit', { type: () => Int, defaultValue: 12 }) _limit: number): Thing[] {
    return [];
  }

  @Query(() => Thing)
  node(@Args('colour', { type: () => Shade, defaultValue: Shade.RED }) colour: Shade): Thing {
    return { name: 'root', colour, parts: [] };
  }
}

describe('limits of a document', () => {
  let edge: EdgeApp;
  let token: string;

  beforeAll(async () => {
    edge = await startEdge([ThingResolver]);
    token = await signToken({ sub: 'learner-1', role: 'user' });
  });
  afterAll(() => edge.close());

  const ask = (query: string, options: Parameters<EdgeApp['graphql']>[1] = {}) =>
    edge.graphql(query, { token, ...options });
  const firstError = async (query: string, options: Parameters<EdgeApp['graphql']>[1] = {}) => {
    const answer = await ask(query, options);
    const error = answer.json.errors?.[0];
    if (!error) throw new Error(`no error in: ${answer.text}`);
    return { ...error, status: answer.status };
  };

  const nested = (depth: number): string =>
    depth === 0 ? 'name' : `parts { ${nested(depth - 1)} }`;
  const exponential = Array.from(
    { length: 40 },
    (_, index) =>
      `fragment F${index} on Query { ...F${index + 1} x${index}: __typename ...F${index + 1} }`,
  );

  it.each([
    ['depth', `{ things { ${nested(10)} } }`],
    [
      'aliases',
      `{ ${Array.from({ length: 21 }, (_, index) => `a${index}: echo(text: "a")`).join(' ')} }`,
    ],
    ['directives', `{ echo(text: "a") ${'@include(if: true) '.repeat(21)} }`],
    ['tokens', `{ ${'__typename '.repeat(1_001)} }`],
    [
      'fragments that multiply',
      `query { ...F0 } ${exponential.join(' ')} fragment F40 on Query { __typename }`,
    ],
    [
      'fragments that never end',
      'query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    ],
  ])('refuse too much of: %s', async (_case, query) => {
    const started = performance.now();
    const error = await firstError(query, {
      headers: { accept: 'application/graphql-response+json' },
    });
    expect(error.extensions['code']).toBe('BAD_USER_INPUT');
    expect(error.status).toBe(400);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('refuse what costs too much, and say what it would cost', async () => {
    const error = await firstError('{ things(limit: 1000) { parts { name } } }');
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', cost: 1_010, limit: 1_000 });
  });

  it('count a page size that comes as a variable, each time anew', async () => {
    const query = 'query ($limit: Int!) { things(limit: $limit) { parts { name } } }';
    expect((await ask(query, { variables: { limit: 100 } })).json.errors).toBeUndefined();
    expect((await firstError(query, { variables: { limit: 2_000 } })).extensions['cost']).toBe(
      2_010,
    );
    expect((await ask(query, { variables: { limit: 100 } })).json.errors).toBeUndefined();
  });
});

describe('limits of an operation that was asked before', () => {
  it('count each request once, whoever answers it', async () => {
    const edge = await startEdge([ThingResolver], { RATE_LIMIT_READ_PER_USER: '6' });
    try {
      const token = await signToken({ sub: 'learner-2', role: 'user' });
      const query = 'query ($c: Shade) { node(colour: $c) { colour } }';
      const statuses: number[] = [];
      for (const c of ['RED', 'RED', 'wrong', 'RED', 'wrong', 'RED', 'RED', 'wrong']) {
        statuses.push((await edge.graphql(query, { token, variables: { c } })).status);
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    } finally {
      await edge.close();
    }
  });

  it('price a page by its length each time', async () => {
    const edge = await startEdge([ThingResolver], { QUERY_COST_LIMIT: '12' });
    try {
      const token = await signToken({ sub: 'learner-3', role: 'user' });
      const query =
        'query ($yes: Boolean!) { node { name } other: node @include(if: $yes) { name } }';
      const ask = (yes: boolean) => edge.graphql(query, { token, variables: { yes } });
      expect((await ask(false)).json.errors).toBeUndefined();
      expect((await ask(false)).json.errors).toBeUndefined();
      expect((await ask(true)).json.errors?.[0]?.extensions).toMatchObject({ limit: 12 });
      expect((await ask(false)).json.errors).toBeUndefined();
    } finally {
      await edge.close();
    }
  });
});

describe('the GraphQL endpoint in production', () => {
  let edge: EdgeApp;

  beforeAll(async () => {
    edge = await startEdge([ThingResolver], { NODE_ENV: 'production' });
  });
  afterAll(() => edge.close());

  it('does not show the schema', async () => {
    const answer = await edge.graphql('{ __schema { queryType { name } } }');
    expect(answer.json.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(answer.json.data).toBeUndefined();
  });
});
