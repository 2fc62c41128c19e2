import { connect } from '@nats-io/transport-node';

/** What NestJS sends without waiting for an answer. */
export interface EmittedEvent {
  pattern: string;
  data: any;
}

export interface RawWire {
  /** Sends NestJS's envelope; resolves with the reply as it came, byte by byte. */
  ask(subject: string, data: unknown, timeoutMs?: number): Promise<string>;
  /** Events of the subject so far, in order: `user.*` and `course.update`. */
  heard(subject: string): EmittedEvent[];
  close(): Promise<void>;
}

/** The id of every request: replies repeat it. */
export const REQUEST_ID = 'request-1';

const REPLY_WITHIN_MS = 5_000;

// Of requests nothing may be heard: who listens would be a responder, and hide that there is none.
const EVENTS = [
  'user.queried',
  'user.updated',
  'user.role_changed',
  'user.deleted',
  'course.update',
];

/** A client that knows nothing of NestJS but its envelope. */
export async function openWire(natsUrl: string): Promise<RawWire> {
  const connection = await connect({ servers: natsUrl, reconnectTimeWait: 50 });
  const events: EmittedEvent[] = [];
  for (const subject of EVENTS) {
    connection.subscribe(subject, {
      callback: (_error, message) => void events.push(message.json<EmittedEvent>()),
    });
  }
  await connection.flush();
  return {
    async ask(subject, data, timeout = REPLY_WITHIN_MS) {
      const request = JSON.stringify({ pattern: subject, data, id: REQUEST_ID });
      const reply = await connection.request(subject, request, { timeout });
      return reply.string();
    },
    heard: (subject) => events.filter(({ pattern }) => pattern === subject),
    close: () => connection.close(),
  };
}
