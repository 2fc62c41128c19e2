import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RawConnection, waitFor } from '../../../test/for-specs.ts';
import type { Refusal } from './overload-refusals.js';
import { RefusalShare } from './refusal-share.js';
import { refuseUnparsed } from './unparsed-refusal.js';

const REFUSED = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\n\r\nfull';
const GET = 'GET /api HTTP/1.1\r\nHost: x\r\n\r\n';

function headWith(field: string): string {
  return `POST /api HTTP/1.1\r\nHost: x\r\n${field}\r\n\r\n`;
}

function halfAHead(field: string): string {
  return `POST /api HTTP/1.1\r\n${field}\r\nX: `;
}

function headOf(bodyLength: number): string {
  return headWith(`Content-Length: ${bodyLength}`);
}

function request(body: string): string {
  return headOf(body.length) + body;
}

describe('on a kept connection', () => {
  let server: Server;
  let connection: RawConnection;
  let isFull: boolean;
  let parsed: number;
  let held: Promise<void>;
  let refusal: Refusal;
  let share: RefusalShare;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    parsed += 1;
    if (isFull) {
      response.end('<refused>');
      return;
    }
    let body = '';
    for await (const chunk of request.setEncoding('latin1')) body += String(chunk);
    await held;
    response.end(`<${body}>`);
  }

  /**
   * Sends the first request, which is always parsed. Later plain requests are refused unparsed while the server is
   * full.
   */
  async function askFirst(): Promise<void> {
    await connection.ask(request(''));
    connection.received = '';
    parsed = 0;
  }

  beforeEach(async () => {
    [isFull, parsed, held] = [false, 0, Promise.resolve()];
    server = createServer((asked, response) => void serve(asked, response));
    refusal = { headers: {}, body: 'full', message: Buffer.from(REFUSED) };
    share = new RefusalShare();
    refuseUnparsed(server, ['/api'], { in: () => refusal }, share, () => isFull);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    connection = await RawConnection.open(server);
  });
  afterEach(() => {
    connection.close();
    server.close();
  });

  it('requests are refused without being parsed while there is no room, and served again when there is', async () => {
    await askFirst();
    isFull = true;
    for (const body of ['b', 'c', 'd']) await connection.ask(request(body));
    isFull = false;
    await connection.ask(request('e'));
    isFull = true;
    await connection.ask(request('f'));
    expect(connection.answers).toEqual(['full', 'full', 'full', '<e>', 'full']);
    expect(parsed).toBe(1);
  });

  it('the first request is parsed, so that Node does not time it out', async () => {
    isFull = true;
    await connection.ask(request('a'));
    await connection.ask(request('b'));
    expect(connection.answers).toEqual(['<refused>', 'full']);
  });

  it.each([
    ['for other paths', GET.replace('/api', '/health')],
    ['of pages of other origins', GET.replace('Host', 'Origin: y\r\nHost')],
  ])('requests %s are parsed', async (_what, asked) => {
    await askFirst();
    isFull = true;
    connection.send(asked);
    await connection.answered(1);
    expect(connection.answers).toEqual(['<refused>']);
  });

  it('a piece of a body is never taken for a request', async () => {
    await askFirst();
    isFull = true;
    const inner = request('b');
    connection.send(headOf(2 * inner.length));
    await connection.answered(1);
    for (let pieces = 0; pieces < 2; pieces += 1) {
      connection.send(inner);
      await sleep(20);
    }
    await connection.ask(request('c'));
    expect(connection.answers).toEqual(['<refused>', '<refused>']);
  });

  it('a piece of a head is never taken for a request, nor is the rest of it', async () => {
    await askFirst();
    isFull = true;
    connection.send('POST /api HTTP/1.1\r\nX: ');
    await sleep(20);
    await connection.ask(request('b'));
    await connection.ask(request('c'));
    expect(connection.answers).toEqual(['<refused>', 'full']);
  });

  it('chunks are never taken for requests', async () => {
    await askFirst();
    isFull = true;
    const inner = request('b');
    const pieces = [headWith('Transfer-Encoding: chunked'), `${inner.length.toString(16)}\r\n`];
    for (const piece of [...pieces, inner, '\r\n0\r\n\r\n']) {
      connection.send(piece);
      await sleep(20);
    }
    await connection.ask(request('c'));
    expect(connection.answers).toEqual(['<refused>', '<refused>']);
  });

  it.each<[string, string[], number]>([
    ['half a head', [halfAHead('Content-Length: 40'), GET, GET], 2],
    ['half a head of chunks', [halfAHead('Transfer-Encoding: chunked'), GET, GET], 2],
    // We see one request. The parser sees the rest of a body, a request, and half a head.
    [
      'half a body',
      [headOf(headOf(99).length), headOf(99) + (GET + halfAHead('Y: y')).padEnd(99), GET],
      4,
    ],
  ])(
    'what comes after %s that came with a refused request is never taken for one',
    async (_what, [first = '', ...others], answers) => {
      isFull = true;
      connection.send(request('a') + first);
      for (const piece of others) {
        await sleep(20);
        connection.send(piece);
      }
      await sleep(20);
      await connection.answered(answers);
      expect(connection.answers).not.toContain('full');
    },
  );

  it('a request sent before the last answer is answered after it', async () => {
    await askFirst();
    let release = (): void => undefined;
    held = new Promise((resolve) => (release = resolve));
    connection.send(request('a'));
    await waitFor(() => parsed === 1, { message: 'the first is being worked on' });
    isFull = true;
    connection.send(request('b'));
    await sleep(50);
    expect(connection.answers).toEqual([]);
    release();
    await connection.answered(2);
    expect(connection.answers).toEqual(['<a>', '<refused>']);
  });

  it('bodies that arrive in turns stay apart', async () => {
    const other = await RawConnection.open(server);
    const pieces = 20;
    const length = 1_000 * pieces;
    connection.send(headOf(length));
    other.send(headOf(length));
    for (let sent = 0; sent < pieces; sent += 1) {
      connection.send('a'.repeat(1_000));
      other.send('b'.repeat(1_000));
      await sleep(2);
    }
    await Promise.all([connection.answered(1), other.answered(1)]);
    other.close();
    expect(connection.answers).toEqual([`<${'a'.repeat(length)}>`]);
    expect(other.answers).toEqual([`<${'b'.repeat(length)}>`]);
  });

  it('answers that a client does not read do not pile up: the parser stops reading', async () => {
    await askFirst();
    connection.takeNothing();
    refusal.message = Buffer.alloc(8_000_000, REFUSED);
    isFull = true;
    for (let times = 0; times < 10; times += 1) {
      connection.send(request('b'));
      await sleep(20);
    }
    expect(parsed).toBe(1);
  });

  describe('when refusals have taken their share of the time', () => {
    const BUSY_MS = 100;

    beforeEach(async () => {
      await askFirst();
      share.send({
        send: () => {
          const until = performance.now() + BUSY_MS;
          while (performance.now() < until);
        },
      });
      isFull = true;
    });

    it('they are sent a little later', async () => {
      const begun = performance.now();
      await connection.ask(request('a'));
      expect(performance.now() - begun).toBeGreaterThan(BUSY_MS / 2);
      expect(connection.answers).toEqual(['full']);
    });

    it('a request sent before the refusal is answered after it', async () => {
      connection.send(request('a'));
      await sleep(20);
      isFull = false;
      connection.send(request('b'));
      await connection.answered(2);
      expect(connection.answers).toEqual(['full', '<b>']);
    });

    it('a client that has ended its side gets its refusal', async () => {
      connection.send(request('a'));
      connection.endSending();
      await connection.answered(1);
      expect(connection.answers).toEqual(['full']);
    });

    it('a client that is gone does not disturb the others', async () => {
      const other = await RawConnection.open(server);
      await other.ask(request(''));
      other.send(request('a'));
      await sleep(20);
      other.close();
      await connection.ask(request('b'));
      expect(connection.answers).toEqual(['full']);
    });
  });
});
