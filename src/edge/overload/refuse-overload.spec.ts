import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  heldRequests,
  signToken,
  startEdge,
  waitFor,
  type Answer,
  type EdgeApp,
} from '../../../test/for-specs.ts';
import { GRAPHQL_PATH } from '../../common/request/graphql-path.js';

const {
  askOver,
  connectTo,
  HoldingResolver,
  holdRequests,
  openConnections,
  releaseRequests,
  requestBytes,
  requestsHeld,
} = await heldRequests();

const REQUEST = requestBytes();

const extensions = (answer: Answer): Record<string, unknown> | undefined =>
  answer.json.errors?.[0]?.extensions;

/** The lines of an answer, sorted, without the time. */
function comparable(answer: string): string[] {
  return answer
    .replaceAll(/"time[sS]tamp":"[^"]*"/g, '')
    .replace(/^keep-alive: .*\r\n/im, '')
    .toLowerCase()
    .split('\r\n')
    .sort();
}

/** Whether requests are refused before they are parsed: clients must not see a difference. */
const BOTH_WAYS = ['true', 'false'];

describe.each(BOTH_WAYS)(
  'the HTTP edge under more load than it takes (refusing before parsing: %s)',
  (beforeParsing) => {
    let edge: EdgeApp;
    let token: string;

    beforeAll(async () => {
      edge = await startEdge([HoldingResolver], {
        MAX_CONCURRENT_REQUESTS: '3',
        REFUSE_BEFORE_PARSING: beforeParsing,
      });
      token = await signToken({ sub: 'me', role: 'user' });
    });
    // A test that failed half-way must not fail the next ones.
    afterEach(releaseRequests);
    afterAll(() => edge.close());

    const occupy = async (): Promise<Promise<Answer>[]> => {
      holdRequests();
      const answers = Array.from({ length: 3 }, () => edge.graphql('{ hold }', { token }));
      await requestsHeld(3);
      return answers;
    };

    it('refuses requests over the limit, says when to retry, and serves again afterwards', async () => {
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

      releaseRequests();
      for (const answer of answers) expect((await answer).json.data).toEqual({ hold: 'released' });
      expect((await edge.graphql('{ echo(text: "b") }', { token })).json.data).toEqual({
        echo: 'b',
      });
    });

    it('refuses on a kept connection what it refuses on a new one, in the same words', async () => {
      const answers = await occupy();
      const client = connectTo(edge);
      const [parsed, unparsed] = [await askOver(client), await askOver(client)];
      expect(unparsed).toContain('HTTP/1.1 503 Service Unavailable');
      expect(unparsed).toContain('El servicio está ocupado.');
      expect(comparable(unparsed)).toEqual(comparable(parsed));
      client.destroy();
      releaseRequests();
      await Promise.all(answers);
    });

    it('refuses in the language of x-lang, under the other paths of the API as well', async () => {
      const answers = await occupy();
      const client = connectTo(edge);
      const request = requestBytes('Accept-Language: es\r\nX-Lang: fr', '/user-progress');
      const [parsed, unparsed] = [await askOver(client, request), await askOver(client, request)];
      expect(unparsed).toContain('Le service est très sollicité.');
      expect(comparable(unparsed)).toEqual(comparable(parsed));
      client.destroy();
      releaseRequests();
      await Promise.all(answers);
    });

    it('never takes a piece of a body for a request, and answers clients that do not wait', async () => {
      const answers = await occupy();
      const client = connectTo(edge);
      await askOver(client);
      const received: string[] = [];
      client.on('data', (chunk) => received.push(chunk.toString()));
      const refusals = (): number => received.join('').split('HTTP/1.1 503 ').length - 1;
      client.write(REQUEST.replace('Length: 2', `Length: ${REQUEST.length + 2}`));
      await waitFor(() => refusals() === 1, { message: 'it is refused by its head' });
      client.write(REQUEST);
      await askOver(client);
      expect(refusals()).toBe(2);
      client.write(REQUEST + REQUEST);
      await waitFor(() => refusals() === 4, { message: 'two more are answered' });
      client.destroy();
      releaseRequests();
      await Promise.all(answers);
    });

    it('still answers what is not the API', async () => {
      const answers = await occupy();
      expect((await edge.send({}, '/metrics')).status).toBe(200);
      releaseRequests();
      await Promise.all(answers);
    });

    it('gives no place to a client that sends slowly', async () => {
      const sockets = Array.from({ length: 10 }, () => {
        const socket = connectTo(edge);
        socket.write(
          `POST ${GRAPHQL_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
        );
        return socket;
      });
      await waitFor(async () => (await openConnections(edge)) >= sockets.length, {
        message: 'all of them have begun to send',
      });
      expect((await edge.graphql('{ echo(text: "c") }', { token })).json.data).toEqual({
        echo: 'c',
      });
      for (const socket of sockets) socket.destroy();
    });

    it('keeps the place of a client that disconnects until its work is done, then frees it', async () => {
      holdRequests();
      const away = new AbortController();
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const body = '{"query":"{ hold }"}';
      const init = { method: 'POST', headers, body, signal: away.signal };
      const answers = Array.from({ length: 3 }, () => fetch(edge.url, init));
      await requestsHeld(3);
      away.abort();
      await Promise.allSettled(answers);

      const echo = async (): Promise<number> =>
        (await edge.graphql('{ echo(text: "d") }', { token })).status;
      expect(await echo()).toBe(503);
      releaseRequests();
      await waitFor(async () => (await echo()) === 200, { message: 'requests are let in again' });
    });
  },
);

it.each(BOTH_WAYS)(
  'pages of listed origins can read the refusal of the HTTP edge (refusing before parsing: %s)',
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
    await requestsHeld(1);
    for (let times = 0; times < 3; times += 1) {
      const { status, headers } = await edge.graphql('{ hold }', { headers: { origin } });
      expect(status).toBe(503);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-expose-headers')).toContain('retry-after');
    }
    releaseRequests();
    await answer;
    await edge.close();
  },
);
