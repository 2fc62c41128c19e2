import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Link } from './link.ts';

describe('a link that delays', () => {
  let server: Server;
  let link: Link;

  beforeEach(async () => {
    // As an HTTP server does that answers with `connection: close`.
    server = createServer((socket) => socket.on('data', () => socket.end('the last answer')));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    link = await Link.start((server.address() as AddressInfo).port);
    link.delayMs = 20;
  });
  afterEach(async () => {
    await link.close();
    server.close();
  });

  it('delivers what was sent before the end', async () => {
    const socket = connect(link.port, '127.0.0.1');
    socket.setEncoding('utf8').write('a question');
    let received = '';
    for await (const chunk of socket) received += String(chunk);
    expect(received).toBe('the last answer');
  });
});
