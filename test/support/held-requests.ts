import { Args, Query, Resolver } from '@nestjs/graphql';
import { connect, type Socket } from 'node:net';
import { GRAPHQL_PATH } from '../../src/common/request/graphql-path.js';
import type { EdgeApp } from './edge-app.ts';
import { waitFor } from './wait-for.ts';

let running = 0;
let release: () => void = () => undefined;
let held: Promise<void> = Promise.resolve();

/** `hold` is answered when the test says so; `echo` at once. */
@Resolver()
export class HoldingResolver {
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

/** From now on, `hold` answers only after `releaseRequests()`. */
export function holdRequests(): void {
  running = 0;
  held = new Promise((resolve) => (release = resolve));
}

export function releaseRequests(): void {
  release();
}

/** Waits until that many requests to `hold` are being worked on. */
export async function requestsHeld(count: number): Promise<void> {
  await waitFor(() => running === count, { message: `${count} requests are being worked on` });
}

export function openConnections({ app }: EdgeApp): Promise<number> {
  return new Promise((resolve) => {
    app.getHttpServer().getConnections((_error, count) => resolve(count));
  });
}

/** A connection on which each write is sent at once. */
export function connectTo({ origin }: EdgeApp): Socket {
  const port = Number(new URL(origin).port);
  return connect({ port, host: '127.0.0.1', noDelay: true }).on('error', () => undefined);
}

/** The bytes of a request without a query. */
export function requestBytes(language = 'Accept-Language: es', path = GRAPHQL_PATH): string {
  const lines = ['Host: x', language, 'Content-Type: application/json', 'Content-Length: 2'];
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n{}`;
}

/** Sends one request, in one piece. @returns its answer */
export async function askOver(socket: Socket, request = requestBytes()): Promise<string> {
  let received = '';
  const collect = (chunk: Buffer): void => void (received += chunk.toString());
  socket.on('data', collect);
  socket.write(request);
  await waitFor(() => received.endsWith('}'), { message: 'an answer' });
  socket.off('data', collect);
  return received;
}
