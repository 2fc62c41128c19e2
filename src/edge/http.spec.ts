import { Args, Query, Resolver } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw, signToken, startEdge, type Answer, type EdgeApp } from '../../test/for-specs.ts';
import { Draining } from '../common/health/draining.js';
import { GRAPHQL_PATH } from '../common/request/graphql-path.js';

@Resolver()
class EchoResolver {
  @Query(() => String)
  echo(@Args('text') text: string): string {
    return text;
  }
}

const json = { 'content-type': 'application/json' };
const post = (body: RequestInit['body'], headers: Record<string, string> = json): RequestInit => ({
  method: 'POST',
  headers,
  body: body ?? null,
});
const extensions = (answer: Answer): Record<string, unknown> | undefined =>
  answer.json.errors?.[0]?.extensions;

describe('the HTTP edge', () => {
  let edge: EdgeApp;
  let token: string;

  beforeAll(async () => {
    edge = await startEdge([EchoResolver], {
      BODY_LIMIT_BYTES: '2048',
      CORS_ORIGINS: 'https://app.example',
    });
    token = await signToken({ sub: 'me', role: 'user' });
  });
  afterAll(() => edge.close());

  describe('refuses, in the form of a GraphQL error,', () => {
    it.each<[string, RequestInit, number]>([
      ['an empty body', post(''), 400],
      ['broken JSON', post('{"query":'), 400],
      ['a body that is not UTF-8', post(new Uint8Array([0x22, 0xff, 0xfe, 0x22])), 400],
      ['a member called __proto__', post('{"query":"{ __typename }","__proto__":{}}'), 400],
      ['a number', post('1'), 400],
      ['null', post('null'), 400],
      ['a list', post('[]'), 400],
      ['an object without a query', post('{}'), 400],
      ['JSON nested too deep to mean anything', post(`${'['.repeat(900)}${']'.repeat(900)}`), 400],
      ['a body over the limit', post(JSON.stringify({ query: 'x'.repeat(3_000) })), 413],
      [
        'a form',
        post('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }),
        415,
      ],
      ['plain text', post('{"query":"{ __typename }"}', { 'content-type': 'text/plain' }), 415],
      ['files', post('x', { 'content-type': 'multipart/form-data; boundary=x' }), 415],
      [
        'an impossible Accept',
        post('{"query":"{ __typename }"}', { ...json, accept: 'image/png' }),
        406,
      ],
    ])('%s', async (_case, init, status) => {
      const answer = await edge.send(init);
      expect(answer.status).toBe(status);
      expect(extensions(answer)).toMatchObject({
        code: 'BAD_USER_INPUT',
        statusCode: status,
        success: false,
      });
      expect(answer.json.errors?.[0]?.message).not.toBe('');
      expect(answer.text).not.toMatch(/stack|node_modules|at Object/);
    });

    it('another address, and another method', async () => {
      const elsewhere = await edge.send({}, '/admin');
      expect(elsewhere.status).toBe(404);
      expect(extensions(elsewhere)).toMatchObject({ code: 'NOT_FOUND', statusCode: 404 });
      const put = await edge.send({ method: 'PUT', headers: json, body: '{}' });
      expect(put.status).toBe(404);
      expect(extensions(put)?.['code']).toBe('NOT_FOUND');
    });

    it('an address that cannot be decoded', async () => {
      const { status, text } = await sendRaw(
        edge.origin,
        'GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      );
      expect(status).toBe(400);
      expect(text).toContain('"BAD_USER_INPUT"');
    });

    it('headers that are too large', async () => {
      const { status, text } = await sendRaw(
        edge.origin,
        `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`,
      );
      expect(status).toBe(431);
      expect(text).toContain('"statusCode":431');
    });

    it('requests that two servers could read differently', async () => {
      const both =
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
      expect((await sendRaw(edge.origin, both)).status).toBe(400);
      const twice =
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx';
      expect((await sendRaw(edge.origin, twice)).status).toBe(400);
    });

    it('and then serves the next request', async () => {
      const answer = await edge.graphql('{ echo(text: "still here") }', { token });
      expect(answer.json).toEqual({ data: { echo: 'still here' } });
    });

    it('in the language of the request', async () => {
      const answer = await edge.send(post('{', { ...json, 'accept-language': 'fr-BE,fr;q=0.9' }));
      expect(answer.json.errors?.[0]?.message).toBe(
        'Le corps de la requête n’est pas un JSON valide.',
      );
    });
  });

  it('refuses two Authorization headers', async () => {
    const body = '{"query":"{ __typename }"}';
    const { status, text } = await sendRaw(
      edge.origin,
      `POST ${GRAPHQL_PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n` +
        `Authorization: Bearer ${token}\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(status).toBe(401);
    expect(text).toContain('"UNAUTHENTICATED"');
  });

  it('says with which id a request is logged', async () => {
    const given = await edge.graphql('{ __typename }', {
      headers: { 'x-request-id': 'from-the-gateway:1' },
    });
    expect(given.headers.get('x-request-id')).toBe('from-the-gateway:1');
    const insane = await edge.graphql('{ __typename }', {
      headers: { 'x-request-id': 'x"} {"level":"fatal' },
    });
    expect(insane.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lets no page frame, sniff or cache its answers', async () => {
    const { headers } = await edge.graphql('{ __typename }');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('is open to the listed origins only', async () => {
    const from = async (origin: string) =>
      (
        await edge.send({
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization',
          },
        })
      ).headers;
    expect((await from('https://app.example')).get('access-control-allow-origin')).toBe(
      'https://app.example',
    );
    expect(
      (await from('https://app.example.attacker.example')).get('access-control-allow-origin'),
    ).toBeNull();
    expect((await from('null')).get('access-control-allow-origin')).toBeNull();
  });

  it('lets their pages read what time it is here, and when to try again', async () => {
    const { headers } = await edge.send({
      ...post('{"query":"{ __typename }"}'),
      headers: { ...json, origin: 'https://app.example' },
    });
    const exposed = headers.get('access-control-expose-headers')?.split(', ');
    expect(exposed).toEqual(expect.arrayContaining(['date', 'retry-after']));
    expect(Date.parse(headers.get('date')!)).not.toBeNaN();
  });

  it('sends keep-alive clients elsewhere while it drains', async () => {
    expect((await edge.graphql('{ __typename }')).headers.get('connection')).not.toBe('close');
    edge.app.get(Draining).begin();
    const answer = await edge.graphql('{ __typename }');
    expect(answer.headers.get('connection')).toBe('close');
    expect(answer.json.data).toEqual({ __typename: 'Query' });
  });
});
