import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userId } from '../builders/ids.ts';
import { post, send, type Reply } from '../security/requests.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';

const me = userId();
let service: TestApp;
let token: string;

beforeAll(async () => {
  service = await startTestApp({ catalogue: false, environment: { NODE_ENV: 'production' } });
  token = await signToken({ sub: me, role: 'admin' });
});
afterAll(() => service.close());

const ask = (query: string): Promise<Reply> => post(service.graphqlUrl, token, { query });

describe('in production', () => {
  it.each([
    '{ __schema { types { name } } }',
    '{ __type(name: "UserProgress") { fields { name } } }',
    '{ a: __schema { queryType { name } } }',
    'query { ...S } fragment S on Query { __schema { mutationType { name } } }',
    `{ getUserProgressStats(userId: "${me}") { success } __schema { queryType { name } } }`,
    'mutation { __type(name: "Query") { name } }',
  ])('nobody is told the schema: %s', async (query) => {
    const { json, text } = await ask(query);
    expect(json.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(json.data ?? null).toBeNull();
    expect(text).not.toMatch(/"(types|fields|queryType|UserProgress)"/);
  });

  it.each([
    '{ userProgres(id: "x") { success } }',
    '{ userProgress(idd: "x") { success } }',
    '{ userProgress(id: "x") { succes } }',
    'mutation { createUserProgress(createUserProgressInput: { userID: "x" }) { success } }',
    'query ($f: UserProgressFilterInpt) { __typename }',
    '{ certificates(filter: { status: ISSUD }) { success } }',
  ])('nothing is suggested: %s', async (query) => {
    const { json, text } = await ask(query);
    expect(json.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(text).not.toMatch(/did you mean/i);
  });

  it('there is no GraphiQL', async () => {
    const reply = await send(service.graphqlUrl, { headers: { accept: 'text/html' } });
    expect(reply.status).toBe(200);
    expect(reply.text).toContain('This is the API of the user progress service.');
    expect(reply.text).not.toMatch(/graphiql|<script|<style/i);
  });

  it('no other origin may read or send anything', async () => {
    for (const origin of [
      'https://attacker.example',
      'null',
      'http://localhost:3000',
      service.origin,
    ]) {
      const preflight = await send(service.graphqlUrl, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      const actual = await send(service.graphqlUrl, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      });
      for (const { headers } of [preflight, actual]) {
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual(
          [],
        );
      }
    }
  });

  it('answers are not to be framed, sniffed, cached, or fetched over plain HTTP, and do not say what made them', async () => {
    const { headers } = await ask('{ __typename }');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('a fault of ours is told by an id only', async () => {
    await service.database.pool.query('ALTER TABLE course_progress RENAME TO course_progress_away');
    try {
      const { json, text } = await ask(`{ getUserProgressStats(userId: "${me}") { success } }`);
      expect(json.errors?.[0]?.extensions).toMatchObject({
        code: 'INTERNAL_SERVER_ERROR',
        statusCode: 500,
      });
      expect(json.errors?.[0]?.extensions['errorId']).toMatch(/^[0-9a-f-]{36}$/);
      expect(text).not.toMatch(/course_progress|relation|SELECT|stack|\.ts/i);
    } finally {
      await service.database.pool.query(
        'ALTER TABLE course_progress_away RENAME TO course_progress',
      );
    }
    const { json } = await ask(`{ getUserProgressStats(userId: "${me}") { success } }`);
    expect(json.errors).toBeUndefined();
  });
});
