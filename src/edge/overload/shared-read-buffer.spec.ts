import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../test/for-specs.ts';
import { readIntoSharedBuffer } from './shared-read-buffer.js';

describe('the shared read buffer', () => {
  let server: Server;
  const clients: Socket[] = [];

  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
    server.close();
  });

  async function opened(): Promise<[client: Socket, accepted: Socket]> {
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    clients.push(client);
    const [socket] = await accepted;
    return [client, socket.on('error', () => undefined)];
  }

  it('is what every socket reads into', async () => {
    const buffers = new Set<ArrayBufferLike>();
    const texts: string[] = [];
    const read = (chunk: Buffer): void => {
      buffers.add(chunk.buffer);
      texts.push(chunk.toString());
    };
    for (const text of ['one', 'other']) {
      const [client, socket] = await opened();
      readIntoSharedBuffer(socket.on('data', read), read);
      client.write(text);
      await waitFor(() => texts.includes(text), { message: `${text} is read` });
    }
    expect(texts).toEqual(['one', 'other']);
    expect(buffers.size).toBe(1);
  });

  it('is not used where Node has no such thing', async () => {
    const texts: string[] = [];
    const read = (chunk: Buffer): void => void texts.push(chunk.toString());
    const [client, socket] = await opened();
    Object.assign((socket as unknown as { _handle: object })._handle, { useUserBuffer: undefined });
    readIntoSharedBuffer(socket.on('data', read), read);
    client.write('one');
    await waitFor(() => texts.length > 0, { message: 'it is read' });
    expect(texts).toEqual(['one']);
  });

  it('lets a socket pause', async () => {
    const length = 10_000_000;
    let received = 0;
    const [client, socket] = await opened();
    const read = (chunk: Buffer): void => {
      received += chunk.length;
      socket.pause();
      setTimeout(() => socket.resume(), 1);
    };
    readIntoSharedBuffer(socket.on('data', read), read);
    let ended = false;
    socket.once('end', () => (ended = true));
    client.end(Buffer.alloc(length));
    await waitFor(() => ended, { message: 'all is read' });
    expect(received).toBe(length);
  });
});
