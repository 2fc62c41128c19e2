import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';

/** A handler throws it to answer `{ err }` with this value. */
export class Refusal extends Error {
  readonly error: unknown;

  constructor(error: unknown) {
    super('refused');
    this.error = error;
  }
}

export interface RequestRecord {
  subject: string;
  data: unknown;
  at: number;
}

type Handler = (data: never) => unknown;

/**
 * A service of the platform that answers requests in NestJS's form. Its public fields inject faults; by default there
 * are none.
 */
export abstract class Peer {
  /** All requests that arrived, answered or not. */
  readonly requests: RequestRecord[] = [];
  /** Milliseconds before the work. */
  delayMs = 0;
  /** Milliseconds between the work and its reply. */
  replyDelayMs = 0;
  /** Receives requests, but neither works nor answers. */
  silent = false;
  /** Share of replies (0 to 1) that are lost after the work. */
  loseReplies = 0;
  /** How often each reply is sent. */
  copies = 1;
  /** When set, every request is answered with this error, and no work is done. */
  failure: unknown = null;
  /** Changes a reply before it is sent. */
  garble: ((reply: string) => string) | null = null;
  /** Random numbers (0 to 1) that decide which replies are lost. */
  random: () => number = Math.random;

  protected readonly connection: NatsConnection;

  constructor(connection: NatsConnection) {
    this.connection = connection;
  }

  protected serve(subject: string, queue: string, handler: Handler): void {
    this.connection.subscribe(subject, {
      queue,
      callback: (error, message) => {
        if (error === null) {
          this.handle(subject, message, handler).catch((failure: unknown) => {
            console.error(`sandbox peer: ${subject} failed`, failure);
          });
        }
      },
    });
  }

  private async handle(subject: string, message: Msg, handler: Handler): Promise<void> {
    const request = message.json<{ id?: string; data: never }>();
    this.requests.push({ subject, data: request.data, at: Date.now() });
    if (this.silent) return;
    if (this.delayMs > 0) await sleep(this.delayMs);

    const reply = JSON.stringify({
      ...this.outcome(handler, request.data),
      isDisposed: true,
      id: request.id,
    });
    if (this.replyDelayMs > 0) await sleep(this.replyDelayMs);
    if (this.random() < this.loseReplies || this.connection.isClosed()) return;
    for (let copy = 0; copy < this.copies; copy += 1) {
      message.respond(this.garble ? this.garble(reply) : reply);
    }
  }

  private outcome(handler: Handler, data: never): { response: unknown } | { err: unknown } {
    if (this.failure !== null) return { err: this.failure };
    try {
      return { response: handler(data) };
    } catch (error) {
      if (error instanceof Refusal) return { err: error.error };
      throw error;
    }
  }
}

export const found = (data: unknown) => ({ success: true, message: 'ok', data });
export const notFound = (what: string) => ({
  success: false,
  message: `${what} not found`,
  data: null,
});
