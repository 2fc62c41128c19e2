import { Args, Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signToken, startEdge, type EdgeApp } from '../../../../test/for-specs.ts';
import { NotFoundError } from '../../errors/service-error.js';
import { KnownOperations } from './known-operations.js';

@ObjectType()
class Leaf {
  @Field(() => Int)
  size: number;

  @Field(() => Leaf, { nullable: true })
  inner?: Leaf;
}

@Resolver()
class LeavesResolver {
  @Query(() => [Leaf])
  leaves(
    @Args('limit', { type: () => Int }) limit: number,
    @Args('size', { type: () => Int }) size: number,
  ): Leaf[] {
    return Array.from({ length: limit }, () => ({ size }));
  }

  @Query(() => Date, { nullable: true })
  day(@Args('name') name: string, @Args('at', { nullable: true }) at?: Date): Date | null {
    if (name === 'none') throw new NotFoundError('courseNotFound', { args: { id: name } });
    return at ?? null;
  }
}

const COST_LIMIT = 40;
const USES = 40;

describe('documents that differ in numbers and strings', () => {
  let edge: EdgeApp;
  let token: string;
  let givenToApollo = 0;

  beforeAll(async () => {
    edge = await startEdge([LeavesResolver], {
      RATE_LIMIT_DISABLED: 'true',
      QUERY_COST_LIMIT: String(COST_LIMIT),
    });
    token = await signToken({ sub: 'learner-1', role: 'user' });
    const known = edge.app.get(KnownOperations, { strict: false });
    const listener = await known.requestDidStart();
    known.requestDidStart = async () => {
      givenToApollo += 1;
      return listener;
    };
    for (let use = 0; use < USES; use += 1) {
      await ask(
        `{ day(name: "a", at: "2026-01-31T09:30:00Z") leaves(limit: 2, size: ${use}) { size } }`,
      );
      await ask(`query ($name: String!) { day(name: $name) other: day(name: "${use}") }`, {
        name: 'b',
      });
      await ask(`{ leaves(limit: 9, size: ${use}) { inner { size } } day(name: "a") }`);
    }
  });
  afterAll(() => edge.close());

  async function ask(query: string, variables?: object, more: object = {}, by = `Bearer ${token}`) {
    const before = givenToApollo;
    const { status, text } = await edge.send({
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: by },
      body: JSON.stringify({ query, variables, ...more }),
    });
    const seen = text.replaceAll(/"(time[sS]tamp)":"[^"]+"/g, '"$1":"T"');
    return { status, text: seen, byApollo: givenToApollo > before };
  }

  /** A request with an extension is always Apollo's. */
  const askApollo = (query: string, variables?: object) =>
    ask(query, variables, { extensions: { any: true } });

  it.each<[string, string, object?]>([
    [
      'other values',
      '{ day(name: "much longer", at: "2025-01-31T09:30:00Z") leaves(limit: 2, size: -7) { size } }',
    ],
    [
      'other spaces',
      '{ day(name:"a",at:"2025-01-31T09:30:00Z"),leaves(limit:2 size:1) {size} } # end',
    ],
    [
      'an error behind a longer string',
      '{ day(name: "none", at: "2025-01-31T09:30:00Z") leaves(limit: 2, size: 1000) { size } }',
    ],
    [
      'an error in the second field',
      'query ($name: String!) { day(name: $name) other: day(name: "none") }',
      { name: 'a' },
    ],
  ])('are answered as by Apollo, without it: %s', async (_what, query, variables) => {
    const answer = await ask(query, variables);
    expect(answer.byApollo).toBe(false);
    expect(answer).toEqual({ ...(await askApollo(query, variables)), byApollo: false });
  });

  it.each<[string, string, object?]>([
    [
      'a number that is too large',
      '{ day(name: "a", at: "2026-01-31T09:30:00Z") leaves(limit: 2, size: 2147483648) { size } }',
    ],
    [
      'a time that is none',
      '{ day(name: "a", at: "2026-02-30T09:30:00Z") leaves(limit: 2, size: 1) { size } }',
    ],
    [
      'a variable that is missing',
      'query ($name: String!) { day(name: $name) other: day(name: "z") }',
    ],
  ])('are refused as by Apollo: %s', async (_what, query, variables) => {
    const answer = await ask(query, variables);
    expect(answer.text).toContain('BAD_USER_INPUT');
    expect(answer).toEqual(await askApollo(query, variables));
  });

  it('cannot make a page longer than its cost allows', async () => {
    const { text } = await ask('{ leaves(limit: 99, size: 1) { inner { size } } day(name: "a") }');
    expect(text).toContain(`"limit":${COST_LIMIT}`);
  });

  it('are refused without a token, and with a bad one', async () => {
    for (const by of ['', 'Bearer nonsense']) {
      expect(
        (await ask('{ leaves(limit: 9, size: 99) { size } day(name: "b") }', {}, {}, by)).status,
      ).toBe(401);
    }
  });
});
