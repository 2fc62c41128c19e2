import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { headersOf, type CloudEvent } from './cloud-event.js';
import { NatsService } from './nats.service.js';
import { PeerUnavailableError } from './peer-unavailable.error.js';
import { findStream } from './find-stream.js';
import { publishToStream } from './publish-to-stream.js';
import { withTimeout } from '../with-timeout.js';

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
   * Resolves when the stream has the event; for a plain message, when the server has it. The subject is the event's
   * type.
   * @param about whom or what the event is about
   * @throws PeerUnavailableError when that is not certain.
   */
  async publish(event: CloudEvent, about: string): Promise<void> {
    const { type: subject, id } = event;
    const connection = this.nats.requireConnection(subject);
    const timeoutMs = this.environment.NATS_REQUEST_TIMEOUT_MS;
    const payload = JSON.stringify(event);
    const headers = headersOf(event, about);
    try {
      if (await this.hasStream(connection, subject)) {
        headers.set('Nats-Msg-Id', id);
        await publishToStream(connection, subject, payload, { headers, timeoutMs });
      } else {
        // A server older than NATS 2.2 has no headers.
        connection.publish(subject, payload, connection.info?.headers ? { headers } : {});
        await withTimeout(timeoutMs, connection.flush());
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
