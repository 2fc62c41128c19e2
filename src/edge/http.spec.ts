import { Args, Query, Resolver } from '@nestjs/graphql';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../../test/security/raw-http.ts';
import { startEdge, type Answer, type EdgeApp } from '../../test/support/edge-app.ts';
import { signToken } from '../../test/support/tokens.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { GRAPHQL_PATH } from '../common/request/graphql-path.js';
import { Draining } from '../common/health/draining.js';
import { drain } from './stop/drain.js';

let running = 0;
let release: () => void = () => undefined;
let held: Promise<void> = Promise.resolve();

@Resolver()
class HoldingResolver {
  @Query(() => String)
  echo(@Args('text') text: string): string {
    return text;
  }

  @Query(() => String)
  async hold(): Promise<string> {
    running += 1;
    await held;
    return 'released';
  }
}

/** From now on, `hold` answers only after `release()`. */
function holdRequests(): void {
  running = 0;
  held = new Promise((resolve) => (release = resolve));
}

const json = { 'content-type': 'application/json' };
const post = (body: RequestInit['body'], headers: Record<string, string> = json): RequestInit => ({
  method: 'POST',
  headers,
  body: body ?? null,
});
const extensions = (answer: Answer): Record<string, unknown> | undefined =>
  answer.json.errors?.[0]?.extensions;

function openConnections({ app }: EdgeApp): Promise<number> {
  return new Promise((resolve) => {
    app.getHttpServer().getConnections((_error, count) => resolve(count));
  });
}

const SPANISH_REQUEST =
  `POST ${GRAPHQL_PATH} HTTP/1.1\r\nHost: x\r\nAccept-Language: es\r\n` +
  'Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

const portOf = ({ origin }: EdgeApp): number => Number(new URL(origin).port);

/** One request, in one piece, in Spanish. @returns its answer */
async function askOver(socket: Socket): Promise<string> {
  let received = '';
  const collect = (chunk: Buffer): void => void (received += chunk.toString());
  socket.on('data', collect);
  socket.write(SPANISH_REQUEST);
  await waitFor(() => received.endsWith('}'), { message: 'an answer' });
  socket.off('data', collect);
  return received;
}

/** Of an answer, its lines in any order, whatever was the time. */
function comparable(answer: string): string[] {
  return answer
    .replace(/"timestamp":"[^"]*"/, '')
    .replace(/^keep-alive: .*\r\n/im, '')
    .toLowerCase()
    .split('\r\n')
    .sort();
}

describe('the HTTP edge', () => {
  let edge: EdgeApp;
  let token: string;

  beforeAll(async () => {
    edge = await startEdge([HoldingResolver], {
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

  it('sends keep-alive clients elsewhere while it drains', async () => {
    expect((await edge.graphql('{ __typename }')).headers.get('connection')).not.toBe('close');
    edge.app.get(Draining).begin();
    const answer = await edge.graphql('{ __typename }');
    expect(answer.headers.get('connection')).toBe('close');
    expect(answer.json.data).toEqual({ __typename: 'Query' });
  });
});

/** Whether requests are refused before they are parsed: clients must not see the difference. */
const BOTH_WAYS = ['true', 'false'];

describe.each(BOTH_WAYS)('the HTTP edge under more load than it takes (%s)', (beforeParsing) => {
  let edge: EdgeApp;
  let token: string;

  beforeAll(async () => {
    edge = await startEdge([HoldingResolver], {
      MAX_CONCURRENT_REQUESTS: '3',
      REFUSE_BEFORE_PARSING: beforeParsing,
    });
    token = await signToken({ sub: 'me', role: 'user' });
  });
  afterAll(() => edge.close());

  const occupy = async (): Promise<Promise<Answer>[]> => {
    holdRequests();
    const answers = Array.from({ length: 3 }, () => edge.graphql('{ hold }', { token }));
    await waitFor(() => running === 3, { message: 'three requests are being worked on' });
    return answers;
  };

  it('refuses what is too much at once, saying when to come back, and serves again afterwards', async () => {
    const answers = await occupy();
    const started = performance.now();
    const refused = await edge.graphql('{ echo(text: "a") }', {
      token,
      headers: { 'accept-language': 'es' },
    });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(extensions(refused)).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      statusCode: 503,
      success: false,
    });
    expect(refused.json.errors?.[0]?.message).toBe(
      'El servicio está ocupado. Inténtelo de nuevo en un momento.',
    );

    release();
    for (const answer of answers) expect((await answer).json.data).toEqual({ hold: 'released' });
    expect((await edge.graphql('{ echo(text: "b") }', { token })).json.data).toEqual({ echo: 'b' });
  });

  it('refuses on a kept connection what it refuses on a new one, in the same words', async () => {
    const answers = await occupy();
    const client = connect(portOf(edge), '127.0.0.1');
    const [parsed, unparsed] = [await askOver(client), await askOver(client)];
    expect(unparsed).toContain('HTTP/1.1 503 Service Unavailable');
    expect(unparsed).toContain('El servicio está ocupado.');
    expect(comparable(unparsed)).toEqual(comparable(parsed));
    client.destroy();
    release();
    await Promise.all(answers);
  });

  it('never takes a piece of a body for a request, and answers those that do not wait', async () => {
    const answers = await occupy();
    const client = connect({ port: portOf(edge), host: '127.0.0.1', noDelay: true });
    await askOver(client);
    const received: string[] = [];
    client.on('data', (chunk) => received.push(chunk.toString()));
    const refusals = (): number => received.join('').split('HTTP/1.1 503 ').length - 1;
    client.write(SPANISH_REQUEST.replace('Length: 2', `Length: ${SPANISH_REQUEST.length + 2}`));
    await waitFor(() => refusals() === 1, { message: 'it is refused by its head' });
    client.write(SPANISH_REQUEST);
    await askOver(client);
    expect(refusals()).toBe(2);
    client.write(SPANISH_REQUEST + SPANISH_REQUEST);
    await waitFor(() => refusals() === 4, { message: 'two more are answered' });
    client.destroy();
    release();
    await Promise.all(answers);
  });

  it('still answers what is not the API', async () => {
    const answers = await occupy();
    expect((await edge.send({}, '/metrics')).status).toBe(200);
    release();
    await Promise.all(answers);
  });

  it('gives no place to those who send slowly', async () => {
    const sockets = Array.from({ length: 10 }, () => {
      const socket = connect(portOf(edge), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `POST ${GRAPHQL_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
      );
      return socket;
    });
    await waitFor(async () => (await openConnections(edge)) >= sockets.length, {
      message: 'all of them have begun to send',
    });
    expect((await edge.graphql('{ echo(text: "c") }', { token })).json.data).toEqual({ echo: 'c' });
    for (const socket of sockets) socket.destroy();
  });

  it('keeps the places of those who went away until their work is done, then gets them back', async () => {
    holdRequests();
    const away = new AbortController();
    const headers = { ...json, authorization: `Bearer ${token}` };
    const init = { ...post('{"query":"{ hold }"}', headers), signal: away.signal };
    const answers = Array.from({ length: 3 }, () => fetch(edge.url, init));
    await waitFor(() => running === 3, { message: 'three requests are being worked on' });
    away.abort();
    await Promise.allSettled(answers);

    const echo = async (): Promise<number> =>
      (await edge.graphql('{ echo(text: "d") }', { token })).status;
    expect(await echo()).toBe(503);
    release();
    await waitFor(async () => (await echo()) === 200, { message: 'requests are let in again' });
  });
});

it.each(BOTH_WAYS)(
  'pages of listed origins can read that the HTTP edge refuses them (%s)',
  async (beforeParsing) => {
    const origin = 'https://app.example';
    const edge = await startEdge([HoldingResolver], {
      MAX_CONCURRENT_REQUESTS: '1',
      REFUSE_BEFORE_PARSING: beforeParsing,
      CORS_ORIGINS: origin,
    });
    holdRequests();
    const token = await signToken({ sub: 'me', role: 'user' });
    const answer = edge.graphql('{ hold }', { token });
    await waitFor(() => running === 1, { message: 'the request is being worked on' });
    for (let times = 0; times < 3; times += 1) {
      const { status, headers } = await edge.graphql('{ hold }', { headers: { origin } });
      expect(status).toBe(503);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-expose-headers')).toContain('retry-after');
    }
    release();
    await answer;
    await edge.close();
  },
);

describe.each(BOTH_WAYS)('the HTTP edge as it stops (%s)', (beforeParsing) => {
  it('answers what it has begun, and is closed as soon as that is done', async () => {
    const edge = await startEdge([HoldingResolver], { REFUSE_BEFORE_PARSING: beforeParsing });
    const token = await signToken({ sub: 'me', role: 'user' });
    holdRequests();
    const answer = edge.graphql('{ hold }', { token });
    await waitFor(() => running === 1, { message: 'the request is being worked on' });

    const closed = edge.close();
    await waitFor(() => edge.app.get(Draining).active, { message: 'the server is closing' });
    release();
    expect((await answer).json.data).toEqual({ hold: 'released' });
    expect((await answer).headers.get('connection')).toBe('close');
    const released = performance.now();
    await closed;
    expect(performance.now() - released).toBeLessThan(2_000);
  });

  it('sends those away, too, whom it refuses, and does not wait for them', async () => {
    const edge = await startEdge([HoldingResolver], {
      MAX_CONCURRENT_REQUESTS: '1',
      REFUSE_BEFORE_PARSING: beforeParsing,
    });
    const token = await signToken({ sub: 'me', role: 'user' });
    holdRequests();
    const answer = edge.graphql('{ hold }', { token });
    await waitFor(() => running === 1, { message: 'the request is being worked on' });

    const kept = connect(portOf(edge), '127.0.0.1');
    expect(await askOver(kept)).not.toMatch(/^connection: close/im);
    edge.app.get(Draining).begin();
    const times = { atLeastMs: 0, quietMs: 0, atMostMs: 0 };
    await drain(edge.app.getHttpServer(), (url) => url === GRAPHQL_PATH, times);
    const refused = await edge.graphql('{ __typename }', { token });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('connection')).toBe('close');
    expect(await askOver(kept)).toMatch(/^connection: close/im);

    const started = performance.now();
    const closed = edge.close();
    release();
    expect((await answer).json.data).toEqual({ hold: 'released' });
    await closed;
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('does not wait for connections that were opened and never used', async () => {
    const edge = await startEdge([HoldingResolver], { REFUSE_BEFORE_PARSING: beforeParsing });
    const unused = connect(portOf(edge), '127.0.0.1');
    unused.on('error', () => undefined);
    await waitFor(async () => (await openConnections(edge)) === 1, { message: 'it is open' });
    const started = performance.now();
    await edge.close();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
