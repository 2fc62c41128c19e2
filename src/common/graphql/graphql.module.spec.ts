import {
  Args,
  Context,
  Field,
  Info,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
} from '@nestjs/graphql';
import { Max, Min } from 'class-validator';
import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signToken, startEdge, type EdgeApp } from '../../../test/for-specs.ts';
import { ConflictError } from '../errors/service-error.js';
import type { GraphqlContext } from './context.js';
import { IdPipe, IsId } from './id.js';

@InputType()
class SaveInput {
  @Field()
  @IsId()
  userId: string;

  @Field(() => Int)
  @Min(1)
  @Max(10)
  seconds: number;
}

const contexts: GraphqlContext[] = [];

@Resolver()
class DummyResolver {
  @Query(() => String)
  echo(@Args('text') text: string, @Context() context: GraphqlContext): string {
    contexts.push(context);
    return text;
  }

  @Query(() => Date)
  at(@Args('time') time: Date): Date {
    return time;
  }

  @Query(() => String)
  taken(): string {
    throw new ConflictError('progressExists', { details: { resource: 'progress' } });
  }

  @Query(() => String)
  broken(): string {
    throw new Error('SELECT secret FROM somewhere');
  }

  @Query(() => String)
  databaseGone(): string {
    throw Object.assign(new Error('terminating connection'), { code: '57P01' });
  }

  @Query(() => Int)
  required(@Args('value', { type: () => Int }) value: number, @Info() _info: unknown): number {
    return value;
  }

  @Mutation(() => String)
  save(@Args('input') input: SaveInput, @Args('lessonId', IdPipe) lessonId: string): string {
    return `${input.userId} ${lessonId} ${input.constructor.name}`;
  }
}

describe('the GraphQL endpoint', () => {
  let edge: EdgeApp;
  let token: string;

  beforeAll(async () => {
    edge = await startEdge([DummyResolver]);
    token = await signToken({ sub: 'learner-1', role: 'user' });
  });
  afterAll(() => edge.close());

  const ask = (query: string, options: Parameters<EdgeApp['graphql']>[1] = {}) =>
    edge.graphql(query, { token, ...options });
  const firstError = async (query: string, options: Parameters<EdgeApp['graphql']>[1] = {}) => {
    const answer = await ask(query, options);
    const error = answer.json.errors?.[0];
    if (!error) throw new Error(`no error in: ${answer.text}`);
    return { ...error, status: answer.status, text: answer.text };
  };

  it('conforms to GraphQL over HTTP, without errors or warnings', async () => {
    const results = await auditServer({ url: edge.url, fetchFn: fetch });
    expect(
      results
        // Notices are about what a server MAY do; ours does not answer a GET that a browser could be made to send.
        .filter(({ status }) => status === 'error' || status === 'warn')
        .map((result) => `${result.name}: ${'reason' in result ? result.reason : ''}`),
    ).toEqual([]);
    expect(results.length).toBeGreaterThan(50);
  });

  it('gives every request a context of its own', async () => {
    contexts.length = 0;
    await Promise.all([ask('{ echo(text: "a") }'), ask('{ echo(text: "b") }')]);
    expect(contexts).toHaveLength(2);
    expect(contexts[0]).not.toBe(contexts[1]);
    expect(contexts[0]).toMatchObject({
      identity: { userId: 'learner-1', role: 'user' },
      language: 'en',
    });
  });

  describe('without an identity', () => {
    it('refuses every operation, before it is executed', async () => {
      const answer = await edge.graphql('{ echo(text: "a") }');
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.json.errors?.[0]?.extensions).toMatchObject({
        code: 'UNAUTHENTICATED',
        statusCode: 401,
        success: false,
      });
      expect(answer.json.data).toBeUndefined();
    });

    it('refuses them also behind a fragment or an alias', async () => {
      const hidden = await edge.graphql(
        'query { ...F } fragment F on Query { __typename x: echo(text: "a") }',
      );
      expect(hidden.json.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    });

    it('answers what is asked about the schema', async () => {
      const answer = await edge.graphql('{ __schema { queryType { name } } }');
      expect(answer.json.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    });

    it('refuses a token that is not good, whatever is asked with it', async () => {
      for (const query of ['{ __typename }', '{ nonsense', '']) {
        const answer = await edge.graphql(query, { token: 'not.a.token' });
        expect(answer.status).toBe(401);
        expect(answer.json.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
      }
    });
  });

  describe('failures', () => {
    it('shows an expected one by its code, its details and a translated message', async () => {
      const error = await firstError('{ taken }', { headers: { 'accept-language': 'de-AT' } });
      expect(error.status).toBe(200);
      expect(error.message).toBe(
        'Für diese lernende Person und diese Lektion ist bereits ein Fortschritt erfasst.',
      );
      expect(error.extensions).toEqual({
        code: 'CONFLICT',
        statusCode: 409,
        success: false,
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        timeStamp: error.extensions['timestamp'],
        resource: 'progress',
      });
      expect(error.path).toEqual(['taken']);
    });

    it('shows an unexpected one by an id only', async () => {
      const error = await firstError('{ broken }');
      expect(error.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', statusCode: 500 });
      expect(error.message).toContain(String(error.extensions['errorId']));
      expect(error.text).not.toContain('SELECT');
      expect(error.text).not.toContain('stack');
    });

    it('shows a database that went away as something to retry', async () => {
      const error = await firstError('{ databaseGone }');
      expect(error.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', statusCode: 503 });
      expect(error.text).not.toContain('57P01');
    });

    it.each([
      ['a syntax error', '{ echo(', {}],
      ['an unknown field', '{ eco(text: "a") }', {}],
      ['a variable of the wrong type', 'query ($v: Int!) { required(value: $v) }', { v: 'twelve' }],
      ['a fractional Int', 'query ($v: Int!) { required(value: $v) }', { v: 1.5 }],
      ['a missing variable', 'query ($v: Int!) { required(value: $v) }', {}],
      ['null where a default stood', 'query ($v: Int = 1) { required(value: $v) }', { v: null }],
      [
        'an unknown member of an input',
        'mutation ($i: SaveInput!) { save(input: $i, lessonId: "l") }',
        { i: { userId: 'u', seconds: 1, userid: 'x' } },
      ],
      ['a date without an offset', '{ at(time: "2026-01-31T09:30:00") }', {}],
      ['a day that is not in the calendar', '{ at(time: "2026-02-30T09:30:00Z") }', {}],
    ])('tells the client of %s, without suggesting anything', async (_case, query, variables) => {
      const error = await firstError(query, { variables });
      expect(error.extensions['code']).toBe('BAD_USER_INPUT');
      expect(error.extensions['statusCode']).toBe(400);
      expect(error.text).not.toMatch(/did you mean/i);
    });

    it('does not send a large value back', async () => {
      const answer = await ask('query ($v: Int!) { required(value: $v) }', {
        variables: { v: 'x'.repeat(100_000) },
      });
      expect(answer.text.length).toBeLessThan(1_000);
    });
  });

  describe('inputs', () => {
    const save =
      'mutation ($input: SaveInput!, $lessonId: String!) { save(input: $input, lessonId: $lessonId) }';

    it('reach the resolver as instances of their class', async () => {
      const answer = await ask(save, {
        variables: { input: { userId: 'u-1', seconds: 5 }, lessonId: 'l-1' },
      });
      expect(answer.json.data).toEqual({ save: 'u-1 l-1 SaveInput' });
    });

    it('name each field that is wrong, in the language asked for', async () => {
      const error = await firstError(save, {
        variables: { input: { userId: 'no spaces', seconds: 11 }, lessonId: 'l-1' },
        headers: { 'accept-language': 'fr' },
      });
      expect(error.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [
          {
            field: 'userId',
            message: 'userId doit se composer de 1 à 26 lettres, chiffres, tirets ou tirets bas.',
          },
          { field: 'seconds', message: 'seconds doit être au plus 10.' },
        ],
      });
    });

    it('refuse ids of another form as arguments too', async () => {
      for (const lessonId of ['', 'a.b', 'a>', 'a'.repeat(27), 'é', 'a\u0000']) {
        const error = await firstError(save, {
          variables: { input: { userId: 'u', seconds: 1 }, lessonId },
        });
        expect(error.extensions['fields']).toEqual([
          { field: 'lessonId', message: expect.any(String) },
        ]);
      }
    });

    it('read and write points in time in UTC', async () => {
      const answer = await ask('{ at(time: "2026-01-31T09:30:00+02:00") }');
      expect(answer.json.data).toEqual({ at: '2026-01-31T07:30:00.000Z' });
    });
  });

  describe('limits', () => {
    it('refuse batches, persisted queries and mutations by GET', async () => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const batch = await edge.send({
        method: 'POST',
        headers,
        body: '[{"query":"{ __typename }"}]',
      });
      expect(batch.status).toBe(400);
      const persisted = await edge.send({
        method: 'POST',
        headers,
        body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } }),
      });
      // Clients compare the message, or the code, and then send the document itself.
      expect(persisted.json.errors?.[0]).toMatchObject({
        message: 'PersistedQueryNotSupported',
        extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', statusCode: 400 },
      });
      const mutation = encodeURIComponent(
        'mutation { save(input: { userId: "u", seconds: 1 }, lessonId: "l") }',
      );
      const get = await edge.send({ headers }, `${new URL(edge.url).pathname}?query=${mutation}`);
      expect(get.status).toBe(405);
      expect(get.json.errors?.[0]?.extensions['statusCode']).toBe(405);
    });

    it('refuse what another site could make a browser send', async () => {
      const answer = await edge.send(
        { headers: { accept: 'application/json' } },
        `${new URL(edge.url).pathname}?query={__typename}`,
      );
      expect(answer.status).toBe(400);
    });

    it('answer a query by GET that comes with a token, which no page of another site can add', async () => {
      const answer = await edge.send(
        { headers: { accept: 'application/json', authorization: `Bearer ${token}` } },
        `${new URL(edge.url).pathname}?query={__typename}`,
      );
      expect(answer.status).toBe(200);
      expect(answer.json.data).toEqual({ __typename: 'Query' });
    });
  });
});
