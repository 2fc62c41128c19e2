import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One answer: its HTTP status, its `retry-after`, and the milliseconds that it took. */
export interface FloodAnswer {
  status: number;
  retryAfter: boolean;
  tookMs: number;
  at: number;
}

const TICK_MS = 5;
/** More at the same time would overflow the kernel's queue of new connections. */
const CONNECTED_AT_ONCE = 50;

/**
 * Sends whole requests over bare sockets: a client so cheap that it can send several times what a service on the same
 * machine can handle.
 */
export class Flood {
  readonly answers: FloodAnswer[] = [];
  /** Requests that were not sent because no connection was free. */
  notSent = 0;
  private readonly port: number;
  private readonly requests: readonly Buffer[];
  private readonly idle: Socket[] = [];
  private readonly all = new Set<Socket>();
  private next = 0;

  constructor(port: number, requests: readonly Buffer[]) {
    this.port = port;
    this.requests = requests;
  }

  /** Opens the connections, and sends one request over each: an unused one would be closed again. */
  async connect(count: number): Promise<void> {
    while (this.all.size < count) {
      const sockets = Array.from({ length: CONNECTED_AT_ONCE }, () => this.open());
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      this.idle.push(...sockets);
      await Promise.all(sockets.map(() => this.send()));
    }
  }

  /**
   * Keeps that many requests under way, each sent after the answer to the last. @returns answers with status 200 a
   * second
   */
  async closedLoop(lanes: number, seconds: number): Promise<number> {
    const first = this.answers.length;
    const until = performance.now() + seconds * 1_000;
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        while (performance.now() < until) await this.send();
      }),
    );
    return this.answers.slice(first).filter(({ status }) => status === 200).length / seconds;
  }

  /**
   * Sends at a fixed rate (requests a second), whatever happens to the requests. @returns answers with status 200 a
   * second
   */
  async openLoop(rate: () => number, seconds: number): Promise<number> {
    const first = this.answers.length;
    const begun = performance.now();
    const under = new Set<Promise<void>>();
    let due = 0;
    let dueUntil = 0;
    for (let at = 0; at < seconds; at = (performance.now() - begun) / 1_000) {
      due += (at - dueUntil) * rate();
      dueUntil = at;
      for (; due >= 1; due -= 1) {
        if (this.idle.length === 0) {
          this.notSent += 1;
          continue;
        }
        const request = this.send().finally(() => under.delete(request));
        under.add(request);
      }
      await sleep(TICK_MS);
    }
    const until = begun + seconds * 1_000;
    await Promise.all(under);
    const within = this.answers
      .slice(first)
      .filter(({ status, at }) => status === 200 && at < until);
    return within.length / seconds;
  }

  close(): void {
    for (const socket of this.all) socket.destroy();
  }

  private async send(): Promise<void> {
    const begun = performance.now();
    const socket = this.idleSocket() ?? this.open();
    const request = this.requests[(this.next += 1) % this.requests.length]!;
    const head = await new Promise<string>((resolve) => {
      let text = '';
      const settle = (result: string) => {
        socket.removeAllListeners('data').removeAllListeners('close');
        resolve(result);
      };
      socket.on('close', () => settle(''));
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        if (isWhole(text)) settle(text);
      });
      socket.write(request);
    });
    const now = performance.now();
    if (head === '' || /^connection: close/im.test(head)) socket.destroy();
    else this.idle.push(socket);
    const status = Number(head.slice(9, 12));
    this.answers.push({
      status,
      retryAfter: /^retry-after: /im.test(head),
      tookMs: now - begun,
      at: now,
    });
  }

  /** The server closes connections that were idle for long. */
  private idleSocket(): Socket | undefined {
    let socket = this.idle.pop();
    while (socket?.destroyed) socket = this.idle.pop();
    return socket;
  }

  private open(): Socket {
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    this.all.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.all.delete(socket));
    return socket;
  }
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0);
  return text.length >= end + 4 + length;
}
