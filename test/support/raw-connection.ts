import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { waitFor } from './wait-for.ts';

/** A client's connection on which each write is sent at once: for a server that answers `full` or `<…>`. */
export class RawConnection {
  received = '';
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => (this.received += chunk.toString('latin1')));
  }

  static async open(server: Server): Promise<RawConnection> {
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  send(bytes: string): void {
    this.socket.write(bytes, 'latin1');
  }

  /** Sends a request, and waits for its answer. */
  async ask(request: string): Promise<void> {
    const before = this.answers.length;
    this.send(request);
    await this.answered(before + 1);
  }

  async answered(count: number): Promise<void> {
    await waitFor(() => this.answers.length >= count, { message: `${count} answers` });
  }

  /** The answers so far: `full` for a refusal, `<body>` for a request that was served. */
  get answers(): string[] {
    return this.received.match(/full(?=HTTP|$)|<[^>]*>/g) ?? [];
  }

  takeNothing(): void {
    this.socket.pause();
  }

  /** Sends nothing more, and still reads. */
  endSending(): void {
    this.socket.end();
  }

  close(): void {
    this.socket.destroy();
  }
}
