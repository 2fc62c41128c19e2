import { jetstream } from '@nats-io/jetstream';
import { Inject, Injectable } from '@nestjs/common';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { NatsService } from './nats.service.js';
import { PeerUnavailableError } from './peer-unavailable.error.js';
import { findStream } from './find-stream.js';
import { withTimeout } from '../with-timeout.js';

/** An event: its id is also its message id in a stream. `body` becomes JSON. */
export interface EventMessage {
  id: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

/** How long the answer "this subject has a stream" (or has none) is kept, in milliseconds. */
const STREAM_KNOWLEDGE_MS = 30_000;

/**
 * Publishes events. If JetStream has a stream for the subject, the stream acknowledges them and drops duplicates by
 * message id. Otherwise they are plain messages.
 */
@Injectable()
export class EventPublisher {
  private readonly streams = new Map<string, { exists: boolean; until: number }>();

  constructor(
    private readonly nats: NatsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Resolves when the stream has the event; for a plain message, when the server has it.
   * @throws PeerUnavailableError when that is not certain.
   */
  async publish(subject: string, message: EventMessage): Promise<void> {
    const connection = this.nats.requireConnection(subject);
    const timeout = this.environment.NATS_REQUEST_TIMEOUT_MS;
    const payload = JSON.stringify(message.body);
    const options = headersOf(connection, message.headers);
    try {
      if (await this.hasStream(connection, subject)) {
        await jetstream(connection, { timeout }).publish(subject, payload, {
          msgID: message.id,
          timeout,
          ...options,
        });
      } else {
        connection.publish(subject, payload, options);
        await withTimeout(timeout, connection.flush());
      }
    } catch (cause) {
      this.streams.delete(subject);
      throw new PeerUnavailableError('failing', subject, { cause });
    }
  }

  private async hasStream(connection: NatsConnection, subject: string): Promise<boolean> {
    const known = this.streams.get(subject);
    if (known && known.until > performance.now()) return known.exists;
    const timeout = this.environment.NATS_REQUEST_TIMEOUT_MS;
    const exists = (await findStream(connection, subject, timeout)) !== null;
    this.streams.set(subject, { exists, until: performance.now() + STREAM_KNOWLEDGE_MS });
    return exists;
  }
}

/** A server older than NATS 2.2 has no headers. */
function headersOf(
  connection: NatsConnection,
  values: EventMessage['headers'],
): { headers?: MsgHdrs } {
  if (connection.info?.headers !== true) return {};
  const made = headers();
  for (const [name, value] of Object.entries(values)) made.set(name, value);
  return { headers: made };
}
