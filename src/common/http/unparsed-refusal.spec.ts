import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../test/support/wait-for.ts';
import type { Refusal } from './overload-refusals.js';
import { refuseUnparsed } from './unparsed-refusal.js';

const REFUSED = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\n\r\nfull';

function request(body: string): string {
  return `POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** A connection of a client that says exactly what is sent at once. */
class Connection {
  received = '';
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => (this.received += chunk.toString('latin1')));
  }

  static async open(server: Server): Promise<Connection> {
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  send(bytes: string): void {
    this.socket.write(bytes, 'latin1');
  }

  async ask(body: string): Promise<void> {
    const before = this.answers.length;
    this.send(request(body));
    await this.answered(before + 1);
  }

  async answered(count: number): Promise<void> {
    await waitFor(() => this.answers.length >= count, { message: `${count} answers` });
  }

  /** What each answer says. */
  get answers(): string[] {
    return this.received.match(/full(?=HTTP|$)|<[^>]*>/g) ?? [];
  }

  takeNothing(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.destroy();
  }
}

describe('on a kept connection', () => {
  let server: Server;
  let connection: Connection;
  let isFull: boolean;
  let parsed: number;
  let held: Promise<void>;
  let refusal: Refusal;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    parsed += 1;
    let body = '';
    for await (const chunk of request.setEncoding('latin1')) body += String(chunk);
    await held;
    response.end(`<${body}>`);
  }

  beforeEach(async () => {
    [isFull, parsed, held] = [false, 0, Promise.resolve()];
    server = createServer((asked, response) => void serve(asked, response));
    refusal = { headers: {}, body: 'full', message: Buffer.from(REFUSED) };
    refuseUnparsed(server, '/api', { in: () => refusal }, () => isFull);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    connection = await Connection.open(server);
  });
  afterEach(() => {
    connection.close();
    server.close();
  });

  it('requests are refused without being parsed while there is no room, and served again when there is', async () => {
    await connection.ask('a');
    isFull = true;
    for (const body of ['b', 'c', 'd']) await connection.ask(body);
    isFull = false;
    await connection.ask('e');
    expect(connection.answers).toEqual(['<a>', 'full', 'full', 'full', '<e>']);
    expect(parsed).toBe(2);
  });

  it('the first request is parsed, which ends the time that Node gives for it', async () => {
    isFull = true;
    await connection.ask('a');
    await connection.ask('b');
    expect(connection.answers).toEqual(['<a>', 'full']);
  });

  it('a piece of a body is never taken for a request', async () => {
    await connection.ask('a');
    isFull = true;
    const inner = request('b');
    connection.send(`POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: ${inner.length}\r\n\r\n`);
    await sleep(50);
    connection.send(inner);
    await connection.answered(2);
    expect(connection.answers).toEqual(['<a>', `<${inner}>`]);
  });

  it('a piece of a head is never taken for a request', async () => {
    await connection.ask('a');
    isFull = true;
    connection.send('POST /api HTTP/1.1\r\nX: ');
    await sleep(50);
    connection.send(request('b'));
    await connection.answered(2);
    expect(connection.answers).toEqual(['<a>', '<b>']);
  });

  it('a piece of a head that came with a whole request is never left alone', async () => {
    isFull = true;
    connection.send(`${request('a')}POST /api HTTP/1.1\r\nX: `);
    await connection.answered(1);
    connection.send(request('b'));
    await connection.answered(2);
    expect(connection.answers).toEqual(['<a>', '<b>']);
  });

  it('a request that does not wait for the answer to the last is answered after it', async () => {
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
    expect(connection.answers).toEqual(['<a>', '<b>']);
  });

  it('chunks are left to the parser', async () => {
    await connection.ask('a');
    isFull = true;
    connection.send('POST /api HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    connection.send('1\r\nb\r\n0\r\n\r\n');
    await connection.answered(2);
    expect(connection.answers).toEqual(['<a>', '<b>']);
  });

  it('answers that nobody takes do not pile up: the parser stops reading', async () => {
    await connection.ask('a');
    connection.takeNothing();
    refusal.message = Buffer.alloc(8_000_000, REFUSED);
    isFull = true;
    for (let times = 0; times < 10; times += 1) {
      connection.send(request('b'));
      await sleep(20);
    }
    expect(parsed).toBeGreaterThan(1);
  });
});
